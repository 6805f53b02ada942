"""Opens the tables under the charts: a page sends them only when they are asked for."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def open_tables(app: AppTest) -> AppTest:
    """The app after a click on every folded table of the page it shows."""
    for key in app.session_state._state.filtered_state:
        if str(key).startswith("table_"):
            app.session_state[key] = True
    return app.run()
