"""Web pages: the report as a content system stores it, clean, pasted from Word, nested in layout tables, in a site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from random import Random

from etl.sample.draft import Draft
from etl.sample.grid import Box, Grid, broken, grid_of
from etl.sample.layouts import fill
from etl.sample.prose import Kind
from etl.sample.tables_as_text import parts, slot
from etl.sample.words import words

LONG_TABLE = 12


@dataclass(frozen=True, slots=True)
class Page:
    """A way of writing a report as a web page. `charset` is what the bytes are in, `declared` what the page says."""

    name: str
    cell: Callable[[Box], str]
    frame: Callable[[Draft, str], str]
    charset: str = "utf-8"
    declared: bool = True
    figure: Callable[[str, Random], str] = lambda text, _: escape(text)
    breaks: bool = False
    border: int = 1


def _spans(box: Box) -> str:
    """The colspan and rowspan attributes of a cell that has any."""
    wide = f' colspan="{box.colspan}"' if box.colspan > 1 else ""
    return wide + (f' rowspan="{box.rowspan}"' if box.rowspan > 1 else "")


def _label(box: Box) -> str:
    return slot(box) if box.key else escape(box.text, quote=False).replace("\n", "<br/>")


def _plain_cell(box: Box) -> str:
    return f"<td{_spans(box)}>{_label(box)}</td>"


def _word_cell(box: Box) -> str:
    border = "border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt"
    font = f"font-size:10.5pt;mso-bidi-font-size:12.0pt;font-family:{words()['word_font']}"
    run = f"<span lang=EN-US style='{font}'>"
    inside = f"<p class=MsoNormal align=center>{run}{_label(box)}<o:p></o:p></span></p>"
    return f"<td width=64{_spans(box)} style='width:48.0pt;{border}'>{inside}</td>"


def _editor_cell(box: Box) -> str:
    """A cell of an online editor; labels that span rows stand upright, a character a paragraph."""
    if box.rowspan > 3 and not box.key:
        inside = "".join(f"<p>{char}</p>" for char in box.text if char != "\n")
    else:
        inside = f'<p style="text-align:center;"><span style="font-size:14px;">{_label(box)}</span></p>'
    return f'<td{_spans(box)} valign="center" style="word-break:break-all;">{inside}</td>'


def _broken_figure(text: str, rng: Random) -> str:
    """A figure whose digits stand in spans of their own, with the blanks an editor leaves."""
    pad = "&nbsp;" * rng.choice((0, 0, 1, 7))
    return pad + "".join(f"<span>{escape(char)}</span>" for char in text) + "<span></span>"


def _spaced_figure(text: str, rng: Random) -> str:
    return rng.choice(("", "&nbsp;", "\n  ")) + escape(text) + rng.choice(("", "&nbsp;", " ")) or "&nbsp;"


@lru_cache(maxsize=2000)
def _table(page: Page, version: str, table_no: int, variant: int) -> tuple[str, ...]:
    grid = grid_of(version, table_no, variant, ("", "\n"))
    rng = Random(f"{page.name}/{table_no}/{variant}")
    cut = page.breaks and len(grid) > LONG_TABLE and rng.random() < 0.6
    grids = broken(grid, rng.randint(6, len(grid) - 3)) if cut else (grid,)
    return tuple(parts("".join(_table_text(page, one) for one in grids)))


def _table_text(page: Page, grid: Grid) -> str:
    rows = "\n".join("<tr>" + "".join(map(page.cell, row)) + "</tr>" for row in grid)
    head = f'<table border="{page.border}" cellspacing="0" style="border-collapse:collapse">'
    return f"{head}<tbody>\n{rows}\n</tbody></table>\n"


def render_page(draft: Draft, page: Page) -> bytes:
    """The bytes of the file."""
    rng = Random(f"{page.name}/{draft.agency.number}/{draft.year}")
    texts = {key: page.figure(text, rng) for key, text in draft.printed.texts.items()}
    body = []
    for piece in draft.prose.pieces:
        if piece.kind is Kind.TABLE:
            body.append(fill(_table(page, draft.form.version, int(piece.text), draft.variant), texts))
        else:
            body.append(_PARAGRAPHS[piece.kind].format(escape(piece.text, quote=False)))
    text = page.frame(draft, "\n".join(body))
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={page.charset}">' if page.declared else ""
    return text.replace("<head>", f"<head>{meta}", 1).encode(page.charset)


_PARAGRAPHS = {
    Kind.TITLE: '<p style="text-align:center"><b>{}</b></p>',
    Kind.HEADING: '<p style="text-indent:2em"><strong>{}</strong></p>',
    Kind.TEXT: '<p style="text-indent:2em">{}</p>',
    Kind.SIGNATURE: '<p style="text-align:right">{}</p>',
}


def _bare(draft: Draft, body: str) -> str:
    head = f"<head><title>{escape(draft.prose.title)}</title></head>"
    return f"<!DOCTYPE html>\n<html>{head}<body>\n{body}\n</body></html>\n"


def _word(draft: Draft, body: str) -> str:
    style = "<style><!-- p.MsoNormal{mso-style-parent:'';margin:0cm} @page Section1{size:595.3pt 841.9pt} --></style>"
    comment = "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    head = f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><title>{escape(draft.prose.title)}</title>"
    return f"{head}{style}{comment}</head><body lang=ZH-CN><div class=Section1>{body}</div></body></html>"


def _nested(draft: Draft, body: str) -> str:
    links = "".join(f"<tr><td><a href='#'>{name}</a></td></tr>" for name in words()["site"]["nav"])
    title = f"<tr><td class='title'>{escape(draft.prose.title)}</td></tr>"
    inner = f"<table width='100%'>{title}<tr><td>{body}</td></tr></table>"
    return _bare(draft, f"<table><tr><td width='180'><table>{links}</table></td><td>{inner}</td></tr></table>")


def _site(draft: Draft, body: str) -> str:
    data = words()["site"]
    crumbs = " &gt; ".join(f"<a href='/'>{name}</a>" for name in data["crumbs"])
    nav = "".join(f"<li><a href='#'>{name}</a></li>" for name in data["nav"])
    share = "".join(f"<a href='javascript:void(0)'>{name}</a>" for name in data["share"])
    footer = "".join(f"<p>{line.format(place=draft.agency.county or draft.agency.city)}</p>" for line in data["footer"])
    meta, when = data["meta"], f"{draft.year + 1}-01-20 09:30"
    title = escape(draft.prose.title)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title><style>.a{{color:#333}}</style>"
        "<script>var year = 1999; document.write('<td>9999</td>');</script></head><body>"
        f"<div class='header'><ul class='nav'>{nav}</ul></div><div class='path'>{crumbs}</div><h1>{title}</h1>"
        f"<div class='info'><span>{meta['source']}{draft.agency.name}</span><span>{meta['time']}{when}</span>"
        f"<span>{meta['views']}<em id='hits'>358</em></span>{share}</div><div class='TRS_Editor'>{body}</div>"
        f"<div class='footer'>{footer}</div><script src='x.js'></script></body></html>"
    )


def _paper(draft: Draft, body: str) -> str:
    style = (
        "<style>body{font-family:serif;font-size:12pt} table{width:100%;font-size:10pt} td{text-align:center}</style>"
    )
    return _bare(draft, style + body)


PAGES = (
    Page("clean", _plain_cell, _bare),
    Page("gb18030", _plain_cell, _bare, "gb18030"),
    Page("gb18030-undeclared", _editor_cell, _site, "gb18030", declared=False),
    Page("word", _word_cell, _word, figure=_spaced_figure, breaks=True),
    Page("nested", _plain_cell, _nested, figure=_spaced_figure),
    Page("spans", _editor_cell, _bare, figure=_broken_figure, breaks=True),
    Page("site", _editor_cell, _site),
)
PAPERS = (
    Page("ruled", _plain_cell, _paper),
    Page("ruled-word", _word_cell, _paper),
    Page("unruled", _plain_cell, _paper, border=0),
)
"""Pages to be printed as PDF files; without rules a person no longer sees where an empty cell was."""
