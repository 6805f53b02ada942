"""disclosure"""

from dashboard.components.page import begin

view = begin("disclosure")
