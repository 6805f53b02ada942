"""Sign-in by OpenID Connect, for an office that wants it: on as soon as Streamlit's secrets have a section `auth`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from dashboard.catalogue import Catalogue

_SECTION = "auth"
_FILES = "secrets.files"


def is_on() -> bool:
    """Whether visitors must sign in. Also when there are secrets that cannot be read: a slip must not open the door."""
    if secrets_singleton.load_if_toml_exists():
        return _SECTION in secrets_singleton
    return config.is_manually_set(_FILES) or any(Path(file).exists() for file in config.get_option(_FILES))


def ask(words: Catalogue) -> None:
    """Stop the page of a visitor who has not signed in, with the way to do so."""
    if not is_on() or st.user.get("is_logged_in"):
        return
    st.title(words("app.title"))
    st.info(words("signin.needed"))
    st.button(words("signin.go"), on_click=st.login, type="primary", key="sign_in")
    st.stop()


def leave(words: Catalogue) -> None:
    """The way out, for a visitor who has signed in."""
    if is_on():
        st.button(words("signin.leave"), on_click=st.logout, key="sign_out")
