"""The URL is the only place where a choice lives; a widget shows what the URL says and writes there when it changes.

So a link, a reload, a page change and the Back button all lead to the same view. Values are codes, never labels.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.plain import in_markdown

_KEY = "url_{}"
_WAS = "url_was_{}"
_PENDING = "url_pending"
_SURELY_ECHO, _POSSIBLY_ECHO = 0.7, 10.0
"""Seconds: nobody takes back in the first what the page has just changed; a browser busy drawing may lag the second."""

Query = dict[str, list[str]]


def query() -> Query:
    """Every parameter with its values."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def link(**changes: Sequence[str]) -> Query:
    """The present parameters with some replaced; an empty sequence takes one away."""
    merged = query() | {name: list(values) for name, values in changes.items()}
    return {name: values for name, values in merged.items() if values}


def write(changes: Mapping[str, Sequence[str]]) -> None:
    """Note new values of parameters for the URL, none to take one away; `settle` writes them when the page runs."""
    st.session_state.setdefault(_PENDING, []).append({name: list(values) for name, values in changes.items()})


def clear(names: Sequence[str]) -> None:
    """Note that parameters leave the URL."""
    write(dict.fromkeys(names, ()))


def settle() -> None:
    """Write into the URL what the callbacks noted. Call it first in every run.

    A browser that has not yet drawn a change made by the page (Back, a reset) sends the old value again together
    with the next action; such an echo is not an action and is dropped.
    """
    pending: list[Query] = st.session_state.pop(_PENDING, [])
    for changes in pending:
        name, values = next(iter(changes.items()))
        if not _is_echo(name, values, alone=len(pending) == 1):
            _put(changes)


def _is_echo(name: str, values: list[str], *, alone: bool) -> bool:
    was: tuple[list[str], float] | None = st.session_state.get(_WAS.format(name))
    if was is None or was[0] != values:
        return False
    return time.monotonic() - was[1] < (_SURELY_ECHO if alone else _POSSIBLY_ECHO)


def _put(changes: Query) -> None:
    for name, values in changes.items():
        if values:
            st.query_params[name] = values
        elif name in st.query_params:
            del st.query_params[name]


def _plain(value: object, unwritten: str | None) -> list[str]:
    values = value if isinstance(value, list) else ["1"] if value is True else [str(value).strip()] if value else []
    return [each for each in values if each and each != unwritten]


def _show(name: str, value: object, unwritten: str | None = None) -> str:
    """Make the widget of a parameter show a value; returns its key."""
    key = _KEY.format(name)
    if key in st.session_state and st.session_state[key] != value:
        st.session_state[_WAS.format(name)] = (_plain(st.session_state[key], unwritten), time.monotonic())
    st.session_state[key] = value
    return key


def _changed(name: str, unwritten: str | None, clears: Sequence[str]) -> None:
    values = _plain(st.session_state[_KEY.format(name)], unwritten)
    write({name: values} | dict.fromkeys(clears, ()))


def _given(words: Catalogue, name: str, options: Mapping[str, str]) -> str | None:
    given = st.query_params.get(name)
    if given is not None and given not in options:
        st.warning(words("filters.refused", what=in_markdown(f"{name}={given}")))
        return None
    return given


def pick_many(name: str, label: str, options: Mapping[str, str], *, placeholder: str, **extra: object) -> list[str]:
    """A multiselect over `options` (value: label). Values of the URL that are no option are left to the caller.

    `clears` names parameters that lose their meaning when this one changes; `max_selections` bounds the choice.
    """
    given = dict.fromkeys(st.query_params.get_all(name))
    limit = extra.get("max_selections")
    return st.multiselect(
        label,
        list(options),
        format_func=lambda value: options.get(value, value),
        key=_show(name, [value for value in given if value in options]),
        placeholder=placeholder,
        max_selections=limit if isinstance(limit, int) else None,
        on_change=_changed,
        args=(name, None, extra.get("clears", ())),
    )


def pick_one(words: Catalogue, name: str, options: Mapping[str, str], label: str) -> str:
    """A selectbox whose first option is what holds without the parameter. An unknown value is refused with a note.

    Let the first option not depend on the filters: a default that moves with them would move under the reader's hand.
    """
    first = next(iter(options))
    value = _given(words, name, options) or first
    st.selectbox(
        label,
        list(options),
        format_func=lambda each: options.get(each, each),
        key=_show(name, value, first),
        placeholder=words("filters.choose"),
        on_change=_changed,
        args=(name, first, ()),
    )
    return value


def tabs(words: Catalogue, name: str, options: Mapping[str, str], label: str) -> str:
    """Like `pick_one`, as buttons in a row."""
    first = next(iter(options))
    value = _given(words, name, options) or first
    st.segmented_control(
        label,
        list(options),
        format_func=lambda each: options.get(each, each),
        key=_show(name, value, first),
        required=True,
        on_change=_changed,
        args=(name, first, ()),
    )
    return value


def type_text(name: str, label: str, placeholder: str) -> str:
    """A text field."""
    value = st.query_params.get(name, "")
    st.text_input(label, key=_show(name, value), placeholder=placeholder, on_change=_changed, args=(name, None, ()))
    return value.strip()


def switch(name: str, label: str, tip: str) -> bool:
    """A toggle, `1` in the URL when it is on."""
    value = st.query_params.get(name) == "1"
    st.toggle(label, key=_show(name, value), help=tip, on_change=_changed, args=(name, None, ()))
    return value
