"""The URL is the only place where a choice lives; a widget shows what the URL says and writes there when it changes.

So a link, a reload, a page change and the Back button all lead to the same view. Values are codes, never labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.catalogue import Catalogue

_KEY = "url_{}"
Query = dict[str, list[str]]


def query() -> Query:
    """Every parameter with its values."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def link(**changes: Sequence[str]) -> Query:
    """The present parameters with some replaced; an empty sequence takes one away."""
    merged = query() | {name: list(values) for name, values in changes.items()}
    return {name: values for name, values in merged.items() if values}


def write(name: str, values: Sequence[str]) -> None:
    """Put the values of one parameter into the URL; none takes it away."""
    if values:
        st.query_params[name] = list(values)
    elif name in st.query_params:
        del st.query_params[name]


def clear(names: Sequence[str]) -> None:
    """Take parameters out of the URL."""
    for name in names:
        write(name, ())


def _write_widget(name: str, unwritten: str | None, clears: Sequence[str]) -> None:
    value = st.session_state[_KEY.format(name)]
    values = value if isinstance(value, list) else [str(value).strip()] if value else []
    write(name, [each for each in values if each and each != unwritten])
    clear(clears)


def _write_switch(name: str) -> None:
    write(name, ["1"] if st.session_state[_KEY.format(name)] else [])


def _given(words: Catalogue, name: str, options: Mapping[str, str]) -> str | None:
    given = st.query_params.get(name)
    if given is not None and given not in options:
        st.warning(words("filters.refused", what=f"{name}={given}"))
        return None
    return given


def pick_many(name: str, label: str, options: Mapping[str, str], *, placeholder: str, **extra: object) -> list[str]:
    """A multiselect over `options` (value: label). Values of the URL that are no option are left to the caller.

    `clears` names parameters that lose their meaning when this one changes; `max_selections` bounds the choice.
    """
    key = _KEY.format(name)
    st.session_state[key] = [value for value in dict.fromkeys(st.query_params.get_all(name)) if value in options]
    limit = extra.get("max_selections")
    return st.multiselect(
        label,
        list(options),
        format_func=lambda value: options.get(value, value),
        key=key,
        placeholder=placeholder,
        max_selections=limit if isinstance(limit, int) else None,
        on_change=_write_widget,
        args=(name, None, extra.get("clears", ())),
    )


def pick_one(words: Catalogue, name: str, options: Mapping[str, str], label: str) -> str:
    """A selectbox whose first option is what holds without the parameter. An unknown value is refused with a note."""
    key, first = _KEY.format(name), next(iter(options))
    st.session_state[key] = _given(words, name, options) or first
    st.selectbox(
        label,
        list(options),
        format_func=lambda value: options.get(value, value),
        key=key,
        placeholder=words("filters.choose"),
        on_change=_write_widget,
        args=(name, first, ()),
    )
    return str(st.session_state[key])


def tabs(words: Catalogue, name: str, options: Mapping[str, str], label: str) -> str:
    """Like `pick_one`, as buttons in a row."""
    key, first = _KEY.format(name), next(iter(options))
    st.session_state[key] = _given(words, name, options) or first
    st.segmented_control(
        label,
        list(options),
        format_func=lambda value: options.get(value, value),
        key=key,
        required=True,
        on_change=_write_widget,
        args=(name, first, ()),
    )
    return str(st.session_state[key])


def type_text(name: str, label: str, placeholder: str) -> str:
    """A text field."""
    key = _KEY.format(name)
    st.session_state[key] = st.query_params.get(name, "")
    st.text_input(label, key=key, placeholder=placeholder, on_change=_write_widget, args=(name, None, ()))
    return str(st.session_state[key]).strip()


def switch(name: str, label: str, tip: str) -> bool:
    """A toggle, `1` in the URL when it is on."""
    key = _KEY.format(name)
    st.session_state[key] = st.query_params.get(name) == "1"
    return st.toggle(label, key=key, help=tip, on_change=_write_switch, args=(name,))
