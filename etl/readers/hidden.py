"""What a browser does not show, and the furniture of a site around the article, taken out of a page's tree."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

_NEVER_SHOWN = (
    "head script style noscript template iframe object embed applet svg canvas audio video map math xml datalist "  # noqa: SIM905
    "select button textarea nav footer del s strike rp rt dialog".split()
)
_CONCEALED = "concealed"
_CONCEALING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*(?:all|screen)|"
    r"text-decoration(?:-line)?\s*:[^;}\"']{0,80}line-through|font-size(?<![\w-]font-size)\s*:\s*0+(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?=[;}\"'!]|$)"
)
_HINTS = ("display", "visibility", "mso-hide", "line-through")
_HINT_OF_SIZE = re.compile(r"font-size\s*:\s*0")
_SIMPLE_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?([.#])([\w-]+)")
_FURNITURE = ("div", "ul", "ol", "section")
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|bread-?crumbs?|crumbs?|footer|foot|share(?:[_-]?box)?|copyright|"
    r"side-?bar|tool-?bar|bdsharebuttonbox|friend-?links?|site-?map)(?:$|[\s_-])",
    re.IGNORECASE,
)
_STYLES = etree.XPath(
    "set:distinct(/descendant::*/@style)", namespaces={"set": "http://exslt.org/sets"}, smart_strings=False
)
_SOME_HIDDEN = etree.XPath("boolean(/descendant::*/@hidden)")
_HAS_TABLE = etree.XPath("boolean(.//table)")
_LENGTH = etree.XPath("string-length()")
_FURNITURE_SHARE = 5


def drop_hidden(root: etree._Element) -> None:
    """Remove from a page's tree, keeping what follows: scripts, struck-out and hidden text, navigation, footers."""
    named = list(root.iter("style", *_FURNITURE))
    hidden = {name for sheet in named if sheet.tag == "style" for name in _hidden_names(str(sheet.text))}
    concealing = {style for style in _styles(root) if _conceals(style)}
    if hidden or concealing or _SOME_HIDDEN(root):
        for element in root.iter("*"):
            by_itself = element.get("hidden") is not None or element.get("style") in concealing
            if by_itself or (hidden and not hidden.isdisjoint(_names(element))):
                _conceal(element)
    _mark_furniture(root, [block for block in named if block.tag in _FURNITURE])
    etree.strip_elements(root, _CONCEALED, *_NEVER_SHOWN, with_tail=False)


def _styles(root: etree._Element) -> list[str]:
    """The style attributes of a page, each once: a page repeats a few many times."""
    found = _STYLES(root)
    return list(map(str, found)) if isinstance(found, list) else []


def _conceals(style: str) -> bool:
    style = style.lower()
    hinted = any(word in style for word in _HINTS) or _HINT_OF_SIZE.search(style)
    return bool(hinted) and _CONCEALING.search(style) is not None


def _conceal(element: etree._Element) -> None:
    if element.tag not in ("html", "body"):
        element.tag = _CONCEALED


def _names(element: etree._Element) -> set[str]:
    return {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id', '')}"}


def _hidden_names(sheet: str) -> set[str]:
    """`.class` and `#id` that a style sheet hides; other selectors are left to stand."""
    names: set[str] = set()
    if not _conceals(sheet):
        return names
    for rule in sheet.split("}"):
        selectors, _, declarations = rule.rpartition("{")
        if _conceals(declarations):
            simple = (_SIMPLE_SELECTOR.fullmatch(selector.strip()) for selector in selectors.split(","))
            names.update(found[1] + found[2] for found in simple if found)
    return names


def _mark_furniture(root: etree._Element, blocks: Iterable[etree._Element]) -> None:
    """Conceal blocks named as navigation, footer or sharing, unless a table or much of the page is in them."""
    whole = 0.0
    for element in blocks:
        name = f"{element.get('class', '')} {element.get('id', '')}"
        if _FURNITURE_NAME.search(name) is None or _HAS_TABLE(element):
            continue
        whole = whole or float(str(_LENGTH(root)))
        if float(str(_LENGTH(element))) * _FURNITURE_SHARE < whole:
            _conceal(element)
