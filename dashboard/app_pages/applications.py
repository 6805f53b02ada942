"""applications"""

from dashboard.components.page import begin

view = begin("applications")
