"""compare"""

from dashboard.components.page import begin

view = begin("compare")
