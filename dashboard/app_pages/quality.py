"""Data quality: which figures are doubtful, by which rule, where they stand, and which reports are missing."""

from dashboard.components import figures, quality, quality_list
from dashboard.components.page import begin

view = begin("quality")
quality.counts(view)
for exhibit in quality.part(view):
    figures.show(view, exhibit)
    quality_list.behind(view, exhibit.key)
