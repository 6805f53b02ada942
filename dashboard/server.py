"""What `streamlit run` starts: the pages of `app.py` with the `/data/` addresses, compression and headers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pandas as pd  # noqa: F401  # imported once before the first sessions arrive, see `warm`
import plotly.graph_objects as go
import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from dashboard.middleware import AssetCache, SecurityHeaders, Shell
from dashboard.origin import OnlyReading, SameOrigin
from dashboard.routes import ROUTES

_GZIP_LEVEL = 6
"""Level 9 takes three times as long for 1 % less."""


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Load what the first session would otherwise wait for; sessions importing it together fail half-way."""
    go.Figure(go.Scatter(x=[0], y=[0])).to_json()
    yield None


MIDDLEWARE = (
    Middleware(SameOrigin),
    Middleware(SecurityHeaders),
    Middleware(OnlyReading),
    Middleware(AssetCache),
    Middleware(GZipMiddleware, minimum_size=1000, compresslevel=_GZIP_LEVEL),
    Middleware(Shell),
)

app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=warm,
    routes=list(ROUTES),
    middleware=list(MIDDLEWARE),
)
