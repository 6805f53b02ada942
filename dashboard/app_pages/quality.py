"""Data quality: which figures are doubtful, by which rule, and where they stand."""

from dashboard.components import figures, quality
from dashboard.components.page import begin

view = begin("quality")

quality.counts(view)
figures.show(view, quality.rules(view))
quality.listing(view, quality.choose_rule(view))
