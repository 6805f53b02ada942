"""The funnel plot: shares over their denominators, with the limits of chance."""

from __future__ import annotations

import math

from dashboard import charts, formats, statistics
from dashboard.charts import Axis
from dashboard.components import exhibits, points
from dashboard.components.figures import Exhibit
from dashboard.components.kept import kept
from dashboard.components.view import View
from dashboard.queries import questions


@kept
def funnel(view: View, metric: str) -> Exhibit:
    """Every agency's share over all picked years; outside the limits is what chance hardly explains."""
    every = questions.shares(view.selection, metric)
    frame = points.dressed(view, every.head(questions.DRAWN), "agency")
    whole = questions.metric_by(view.selection, [metric], yearly=False)
    centre = float(whole["value"].iloc[0]) if len(whole) else math.nan
    frame["size"] = frame["denominator"]
    limits = statistics.funnel_limits(centre, frame["size"].max())
    outside = statistics.outside(every["value"], every["denominator"], centre)
    columns = ["series", "value", "numerator", "denominator", "n"]
    heads = ["agency", "value", "numerator", "denominator", "n"]
    return Exhibit(
        key=f"funnel_{metric}",
        title=view.words("chart.funnel", metric=view.metric(metric)),
        figure=charts.funnel(frame, limits, Axis(title=view.words("column.size"), percent=True))
        if len(frame)
        else None,
        table=frame[columns].set_axis([view.words(f"column.{name}") for name in heads], axis=1),
        definition=f"{exhibits.definition(view, metric)} {view.words('chart.funnel_definition')}",
        note=view.words("chart.funnel_note", centre=formats.percent(centre), n=len(every), outside=outside)
        + (f" {view.words('chart.funnel_drawn', n=len(frame))}" if len(every) > len(frame) else ""),
    )
