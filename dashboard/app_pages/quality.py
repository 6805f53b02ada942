"""quality"""

from dashboard.components.page import begin

view = begin("quality")
