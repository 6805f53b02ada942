"""Markup, scripts, links and formulas in the names and texts of reports, and in addresses: all of it shows as text."""

from __future__ import annotations

import random
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import plotly.graph_objects as go
import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser

from bench.server import serving
from dashboard.plain import in_chart, in_markdown
from dashboard.queries.selection import PARAMETERS
from dashboard.routes import TABLES
from etl.report import Finding, Report, Severity
from tests import made_up
from tests.served import browsing
from tests.test_browser import PAGES
from tests.test_pages import opened
from tests.watched import Watched

HTML = '<img src="http://outside.invalid/x.png" onerror="window.hit=1"><script>window.hit=1</script><b>粗体</b>'
LINK = '<a href="http://outside.invalid/">链接</a>'
MARKDOWN = "![图](http://outside.invalid/y.png) [点击](http://outside.invalid/) **强调** :red[红] $x^2$ `码`"
EVIL = f"{HTML}{LINK}{MARKDOWN}\u202e示例局"
_PAGES_OWN = (
    "among",
    "at",
    "basis",
    "behind",
    "by",
    "cell",
    "column",
    "heads",
    "lang",
    "metric",
    "pair",
    "part",
    "pick",
    "q",
) + (
    "report",
    "rule",
    "term",
    "theme",
    "with",
)
_DRAWING = 1500
"""Milliseconds; titles of charts are bold as a whole, other text is not."""
INJECTIONS = (
    "'",
    '"',
    "' or 1=1 --",
    "'; drop table base.fact; --",
    "1); attach '/etc/passwd' as x; --",
    "' union select * from read_csv('/etc/passwd') --",
    "$years",
    "{0}",
    "%s%n",
    "../../../../etc/passwd",
    "..%2f..%2fetc/passwd",
    "\0",
    "\r\nSet-Cookie: a=b",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "=cmd|' /C calc'!A0",
    "٢٠٢٣",
    "２０２３",
    "9" * 400,
    "-1",
    "1e308",
    "nan",
    "\u202e\u200b",
    "\ud83d\ude00",
    "a" * 5000,
    "%",
    "_",
    "\\",
    "",
)


def hostile(report: Report) -> Report:
    """The report with markup in every text that a file can give."""
    name = f"{report.identity.agency}{EVIL}"
    region = replace(report.region, county=f"{report.region.county}{HTML}", county_then=HTML)
    return replace(
        report,
        identity=replace(report.identity, agency=name, title=EVIL),
        region=region,
        sections=tuple(replace(one, heading=EVIL, text=f"{EVIL}\n=1+1", place=EVIL) for one in report.sections),
        statements=replace(report.statements, problems=(EVIL,), remedies=(EVIL,)),
        terms=((HTML, 1), ("=1+1", 1)),
        phrases=(("<b>粗体</b>不够",),),
        findings=(Finding("D5", Severity.WARNING, EVIL),),
        cells=tuple(replace(cell, place=EVIL) for cell in report.cells),
        source_path=f"reports/{EVIL}.txt",
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up.warehouse(tmp_path_factory.mktemp("hostile"), [hostile(one) for one in made_up.many()])


@pytest.fixture(scope="module")
def address(warehouse: Path) -> Iterator[str]:
    with serving(warehouse) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


QUERIES = {"reader": f"q={quote(HTML)}", "compare": f"pick={quote(EVIL)}", "download": f"column={quote(EVIL)}"}


@pytest.mark.parametrize("page", PAGES)
def test_markup_in_reports_and_addresses_is_shown_as_text(browser: Browser, address: str, page: str) -> None:
    context = browser.new_context()
    seen = Watched(context.new_page())
    query = QUERIES.get(page, f"county={quote(EVIL)}&at={quote(MARKDOWN)}")
    drawn = seen.open(f"{address}/{page}?{query}")
    drawn.wait_for_timeout(_DRAWING)
    assert drawn.evaluate("window.hit") is None
    assert drawn.locator("[src^='http://outside.invalid'], [href^='http://outside.invalid']").count() == 0
    assert drawn.evaluate("document.querySelectorAll('svg a').length") == 0
    for tag in ("b", "strong", "code", ".katex"):
        assert drawn.locator(tag).filter(has_text="粗体").count() == 0
        assert drawn.locator(tag).filter(has_text="强调").count() == 0
    assert drawn.locator("svg g:not(.g-gtitle) > text tspan[style*='font-weight']").filter(has_text="粗体").count() == 0
    for title in drawn.locator("svg .gtitle").filter(has_text="粗体").all_text_contents():
        assert "<b>粗体</b>" in title
    assert drawn.get_by_test_id("stException").count() == 0
    context.close()
    assert seen.faults == []


def _sendable(value: str) -> bool:
    """A lone surrogate has no bytes in a URL: a browser sends its replacement, the test client nothing."""
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


@pytest.mark.parametrize("value", list(filter(_sendable, INJECTIONS)))
@pytest.mark.parametrize("page", ["overview", "compare", "problems", "quality", "reader", "download"])
def test_no_parameter_breaks_a_page(
    page: str, value: str, full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    names = (
        *PARAMETERS,
        "lang",
        "at",
        "metric",
        "by",
        "basis",
        "pick",
        "rule",
        "report",
        "with",
        "cell",
        "q",
        "column",
    )
    more = ("behind", "theme", "tab", "word", "pair", "heads", "measure", "view", "kindred", "top")
    app = opened(page, **dict.fromkeys((*names, *more), value))
    assert not app.exception, app.exception[0].message


@pytest.mark.parametrize(
    "behind",
    ["{}:{}:{}:{}", "findings:a:b:c:d", "received:1:2:3:{}", "totals:penalties:all:99999999999999999999:{}", ":::::"],
)
def test_no_click_made_up_by_hand_breaks_a_page(
    behind: str, full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    for page in ("overview", "compare", "problems", "quality"):
        app = opened(page, behind=behind)
        assert not app.exception


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        assert refused.headers["X-Content-Type-Options"] == "nosniff"
        assert refused.headers["Content-Type"].startswith("text/plain")
        assert refused.headers["Cache-Control"] == "no-store"
        return refused.code


def test_a_thousand_injections_leave_no_error_of_the_server(address: str, warehouse: Path) -> None:
    rng = random.Random(0)
    names = (*PARAMETERS, "limit", "sql", "order by", "'; --")
    before = sorted((path.name, path.stat().st_mtime_ns) for path in warehouse.iterdir())
    urls = []
    for _ in range(1000):
        query = [(rng.choice(names), rng.choice(INJECTIONS)) for _ in range(rng.randint(1, 4))]
        table = rng.choice((*TABLES, *map(quote, INJECTIONS[:8])))
        encoded = urlencode(query, errors="surrogatepass")
        urls.append(f"{address}/data/{table}.{rng.choice(('csv', 'json', 'parquet'))}?{encoded}")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(_status, urls))
    assert set(answers) <= {200, 400, 404, 414}
    assert answers.count(400) > 300
    assert sorted((path.name, path.stat().st_mtime_ns) for path in warehouse.iterdir()) == before


def test_a_name_in_markdown_shows_as_written() -> None:
    assert in_markdown("**甲** [乙](http://outside.invalid)\n# 丙") == (
        "\\*\\*甲\\*\\* \\[乙\\]\\(http\\:\u2060//outside\\.invalid\\) \\# 丙"
    )


def test_a_name_in_a_chart_keeps_only_line_breaks() -> None:
    figure = go.Figure(go.Bar(x=[1], y=["<b>甲</b>"], hovertext=["<b>甲</b><br>1"], customdata=["a<b"]))
    drawn = in_chart(figure)
    assert isinstance(drawn, dict)
    [bar] = drawn["data"]
    assert bar["y"] == ["&lt;b>甲&lt;/b>"]
    assert bar["hovertext"] == ["&lt;b>甲&lt;/b><br>1"]
    assert bar["customdata"] == ["a<b"]


def test_a_chart_without_foreign_marks_is_left_as_it_is() -> None:
    figure = go.Figure(go.Bar(x=[1], y=["甲"], hovertext=["甲<br>1"], hovertemplate="%{hovertext}<extra></extra>"))
    assert in_chart(figure) is figure
