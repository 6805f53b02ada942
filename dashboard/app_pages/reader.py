"""reader"""

from dashboard.components.page import begin

view = begin("reader")
