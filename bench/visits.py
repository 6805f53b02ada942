"""Visits to a page in a Chromium without a debugger's eye on its scripts, timed by the page's own clock.

Playwright listens to the console of every page. For that V8 keeps the place of each error that a script throws
and catches itself; the chart library throws some while it starts, and costs 0.4 s more than it costs a visitor.
"""

from __future__ import annotations

import json
import time

from etl.sample.pdf import Printer

_NOTES = """
window.drawn = [];
const look = () => {
    const charts = document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length;
    while (window.drawn.length < charts) window.drawn.push(performance.now());
    requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
"""Notes in `drawn` when each chart was there, in milliseconds since the visit began."""
_REST = 0.5
"""Seconds in which a new profile and its window come to rest: a visitor has a browser open before opening a page."""
_PATIENCE = 60.0
_STEP = 0.1


def new_visitor(chromium: Printer, width: int, height: int) -> None:
    """Open a window in a profile of its own: nothing is cached."""
    chromium.session = ""
    profile = chromium.call("Target.createBrowserContext")["browserContextId"]
    window = {"url": "about:blank", "browserContextId": profile, "width": width, "height": height}
    target = chromium.call("Target.createTarget", **window)["targetId"]
    chromium.session = chromium.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    chromium.call("Page.enable")
    chromium.call("Page.addScriptToEvaluateOnNewDocument", source=_NOTES)
    chromium.call("Performance.enable", timeDomain="threadTicks")
    time.sleep(_REST)


def visit(chromium: Printer, address: str, charts: int) -> tuple[float, float]:
    """Seconds from opening the address to its first chart and to its last; TimeoutError after a minute."""
    chromium.call("Page.navigate", url=address)
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        drawn = _drawn(chromium)
        if len(drawn) >= charts:
            return drawn[0] / 1000, drawn[charts - 1] / 1000
        time.sleep(_STEP)
    raise TimeoutError(address)


def work(chromium: Printer) -> float:
    """Seconds of CPU that the page's main thread has used since it was opened; other programs do not change them."""
    measured = chromium.call("Performance.getMetrics")["metrics"]
    return next(float(each["value"]) for each in measured if each["name"] == "TaskDuration")


def leave(chromium: Printer) -> None:
    """Close the visitor's window."""
    chromium.call("Page.close")


def _drawn(chromium: Printer) -> list[float]:
    asked = chromium.call("Runtime.evaluate", expression="JSON.stringify(window.drawn ?? [])", returnByValue=True)
    drawn: list[float] = json.loads(asked["result"]["value"])
    return drawn
