"""The sidebar: pages, language, filters, the count of what is left, the link that reproduces the view."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.catalogue import DEFAULT_LANGUAGE, LANGUAGES, catalogue
from dashboard.components import url
from dashboard.components.view import View, current_view, distinct
from dashboard.plain import in_markdown
from dashboard.queries import questions
from dashboard.queries.choices import Place
from dashboard.queries.selection import PARAMETERS, UNASSIGNED


def shared_query() -> url.Query:
    """The filters and the language, which go along to another page; values that were refused stay behind."""
    view = current_view()
    lang = {} if view.words.lang == DEFAULT_LANGUAGE else {"lang": [view.words.lang]}
    return view.selection.query() | lang


def menu(pages: Sequence[StreamlitPage]) -> None:
    """Links to the pages; each carries the filters, so that it can be opened anywhere."""
    query = shared_query()
    for page in pages:
        st.page_link(page, query_params=query, width="stretch")


def filters(view: View) -> None:
    """The widgets. Each shows what the URL says and writes there."""
    words, known = view.words, view.known
    url.tabs(words, "lang", {lang: catalogue(lang)("language") for lang in LANGUAGES}, words("filters.lang"))
    if not view.has_reports:
        return
    anything = words("filters.all")
    url.pick_many("year", words("filters.year"), {str(y): str(y) for y in known.years}, placeholder=anything)
    _places(view)
    kinds = {kind: words(f"kind.{kind}") for kind in known.kinds}
    url.pick_many("kind", words("filters.kind"), kinds, placeholder=anything)
    url.type_text("agency", words("filters.agency"), words("filters.agency_hint"))
    url.switch("same", words("filters.same"), words("filters.same_help"))
    url.switch("sound", words("filters.sound"), words("filters.sound_help"))
    st.button(words("filters.reset"), on_click=url.clear, args=(PARAMETERS,), disabled=view.selection.is_open)
    _left(view)


def tell_browser(view: View) -> None:
    """The page's language for screen readers: the shell says it when a page is opened, this when it is switched."""
    script = f"<script>document.documentElement.lang = {json.dumps(view.words('lang_tag'))}</script>"
    st.html(script, unsafe_allow_javascript=True)


def _within(places: tuple[Place, ...], above: Sequence[str], chosen: Sequence[str]) -> tuple[Place, ...]:
    return tuple(place for place in places if not above or set(place.above) & set(above) or place.code in chosen)


def _places(view: View) -> None:
    words, known, chosen, anything = view.words, view.known, view.selection, view.words("filters.all")
    provinces = distinct(known.provinces)
    url.pick_many("province", words("filters.province"), provinces, placeholder=anything, clears=("city", "county"))
    cities = distinct(_within(known.cities, chosen.provinces, chosen.cities))
    url.pick_many("city", words("filters.city"), cities, placeholder=anything, clears=("county",))
    counties = _within(known.counties, chosen.cities or chosen.provinces, chosen.counties)
    names = {place.code: view.county_names[place.code] for place in counties}
    special = {UNASSIGNED: words("filters.unassigned")} if known.unassigned else {}
    url.pick_many("county", words("filters.county"), {**names, **special}, placeholder=anything)


def _left(view: View) -> None:
    words, left = view.words, view.summary
    st.markdown(words("filters.left", reports=f"{left.reports:,}", agencies=f"{left.agencies:,}"))
    if view.selection.sound:
        everything = questions.summary(replace(view.selection, sound=False))
        st.caption(words("filters.left_out", n=f"{everything.reports - left.reports:,}"))
    with st.expander(words("filters.link")):
        st.text(address())
        st.caption(words("filters.link_help"))


def address() -> str:
    """The address of the present view."""
    base = (st.context.url or "").split("?")[0]
    asked = urlencode(url.query(), doseq=True)
    return f"{base}?{asked}" if asked else base


def refusals(view: View) -> None:
    """A note for every value of the URL that the warehouse does not know."""
    if view.refused:
        what = "、".join(f"{name}={value}" for name, value in view.refused)
        st.warning(view.words("filters.refused", what=in_markdown(what)))
