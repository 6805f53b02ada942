"""review"""

from dashboard.components.page import begin

view = begin("review")
