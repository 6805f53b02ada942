"""Web pages: a report's text and tables out of the page around it, whatever the editor or Word left in the markup."""

from __future__ import annotations

import re

from lxml import etree

from etl.document import Document, Rejected
from etl.readers.build import Line, RawBlock, build
from etl.readers.hidden import drop_hidden
from etl.readers.page import shown, tidy
from etl.readers.text import decode as decode_text

_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_BELIEVED = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs"}
_LOST_SHARE = 50  # a file with one lost character in this many is not in the encoding tried
_META = ("ArticleTitle", "PubDate", "ContentSource")
_TAG_OR_LINE_END = re.compile(r"</?[a-z][^<>]*>|\n", re.IGNORECASE)


def read(source: str, data: bytes) -> Document:
    """The Document of a page. Rejected: empty, not_text, too_deep, too_large."""
    markup = in_utf8(data)
    if not markup.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        markup = _encoded(_in_lines(markup.decode("utf-8")))
    root = parse(markup)
    identity = _identity(root)
    drop_hidden(root)
    return build(source, identity + shown(root), "html")


def in_utf8(data: bytes) -> bytes:
    """A page in UTF-8; bytes are trusted before the declaration, which is often wrong. Rejected: empty, not_text."""
    if not data.strip():
        raise Rejected("empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or b"\0" in data[:400]:
        return _encoded(decode_text(data))
    for encoding in ("utf-8", _declared(data), "gb18030"):
        text = _nearly(data, encoding)
        if text is not None:
            return data if encoding == "utf-8" and "\ufffd" not in text else _encoded(text)
    return _encoded(decode_text(data))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")


def _declared(data: bytes) -> str:
    """The encoding that a page claims, where its claim tells anything: single-byte ones would fit any bytes."""
    found = _DECLARED.search(data[:4000])
    return _BELIEVED.get(found[1].decode("ascii").lower(), "gb18030") if found else "gb18030"


def _nearly(data: bytes, encoding: str) -> str | None:
    """The text when next to nothing in it is lost: pages are cut and damaged in transit."""
    text = data.decode(encoding, errors="replace")
    if "\ufffd" not in text:
        return text
    lost = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    return text if lost * _LOST_SHARE < beyond_ascii else None


def _in_lines(text: str) -> str:
    """Text that holds markup only for its tables, as converters write into Markdown: its line ends are meant, but for
    those within a tag."""
    return _TAG_OR_LINE_END.sub(lambda found: found[0] if found[0] != "\n" else "<br>\n", text)


def parse(markup: bytes) -> etree._Element:
    """The tree of a page in UTF-8, without comments. Rejected: empty, too_deep."""
    markup = markup.replace(b"\0", b"").replace(b"\f", b" ")
    for huge in (False, True):
        parser = etree.HTMLParser(
            encoding="utf-8",
            remove_comments=True,
            remove_pis=True,
            no_network=True,
            collect_ids=False,
            huge_tree=huge,
        )
        root = etree.fromstring(markup, parser)
        if root is None:
            raise Rejected("empty")
        last = parser.error_log.last_error
        if last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            return root
    raise Rejected("too_deep")


def _identity(root: etree._Element) -> list[RawBlock]:
    """The page's title and what its content system says of the article, as first paragraphs."""
    lines: list[RawBlock] = []
    for element in root.iter("title", "meta"):
        name, content = element.get("name"), element.get("content")
        if element.tag == "title":
            lines.append(Line(tidy(element.text or ""), "title"))
        elif name in _META and content:
            lines.append(Line(content, f"meta {name}"))
    return lines
