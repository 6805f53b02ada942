"""The dashboard as it is served, but for the rule against bodies: the visitors of `bench.sessions` ask in one."""

import streamlit as st

from dashboard.origin import OnlyReading
from dashboard.routes import ROUTES
from dashboard.server import MIDDLEWARE, warm
from etl.paths import DASHBOARD_SERVER

app = st.App(
    DASHBOARD_SERVER.with_name("app.py"),
    lifespan=warm,
    routes=list(ROUTES),
    middleware=[one for one in MIDDLEWARE if one.cls is not OnlyReading],
)
