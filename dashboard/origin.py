"""What this site has no use for is turned away before Streamlit sees it: sessions of other sites, and uploads."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_POLICY_VIOLATION = 1008
_READING = ("GET", "HEAD")


class SameOrigin:
    """Refuses websockets whose page came from another address than the one they ask.

    Streamlit would do so too, but first asks an address outside which one this machine has there, and stands still
    until it answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or close it."""
        if scope["type"] == "websocket" and _is_foreign(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        await self.app(scope, receive, send)


class OnlyReading:
    """Refuses whatever is no question: Streamlit would keep what a session sends it, up to 200 MB a time, in memory."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it unread."""
        if scope["type"] == "http" and scope["method"] not in _READING:
            headers = {"Allow": ", ".join(_READING), "Cache-Control": "no-store"}
            refusal = PlainTextResponse("only questions\n", HTTPStatus.METHOD_NOT_ALLOWED, headers)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_foreign(headers: Headers) -> bool:
    """A program that is no browser sends no origin."""
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc != headers.get("host")
    except ValueError:
        return True
