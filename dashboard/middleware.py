"""What every answer of the server gets: security headers, and the page's language in its shell."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from dashboard.catalogue import DEFAULT_LANGUAGE

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: data: blob:; "
        "worker-src 'self' blob:; frame-ancestors 'self'; base-uri 'self'; object-src 'none'"
    ),
}
_TAGS = {"zh": b'lang="zh-CN"', "en": b'lang="en"'}
_SHELL = b'<html lang="en"'
_HEAD = b"<head>"
_ORIGIN = b"<head><script>window.__streamlit = {BACKEND_BASE_URL: location.origin + '/'}</script>"
"""Without it a page opened by its own address asks for `/compare/_stcore/health` first, and the browser logs a 404."""


@cache
def _preload() -> bytes:
    """Asks the browser for the chart library at once; otherwise it waits for the first chart and then for 1.4 MB."""
    scripts = Path(get_static_dir(), "static", "js").glob("PlotlyChart.*.js")
    links = "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{path.name}">' for path in scripts)
    return links.encode("ascii")


class SecurityHeaders:
    """Adds the headers to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class AssetCache:
    """Keeps the compressed scripts and styles of the browser's side, so that each is compressed once, not per visitor.

    They are the files of one folder whose names change with their content, so the cache is bounded and never stale.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the cache, or pass the request on and keep the answer."""
        if not _is_asset(scope):
            await self.app(scope, receive, send)
            return
        if scope["path"] not in self._kept:
            answer: list[Message] = []

            async def keep(message: Message) -> None:
                answer.append(message)

            await self.app(scope, receive, keep)
            if answer[0]["status"] != HTTPStatus.OK:
                await _send_all(answer, send)
                return
            self._kept[scope["path"]] = answer
        await _send_all(self._kept[scope["path"]], send)


def _is_asset(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith("/static/"):
        return False
    headers = Headers(scope=scope)
    return "gzip" in headers.get("accept-encoding", "") and not {"range", "if-none-match"} & set(headers)


async def _send_all(messages: list[Message], send: Send) -> None:
    for message in messages:
        await send({**message, "headers": list(message["headers"])} if "headers" in message else message)


class Shell:
    """Writes into the shell page the language that the URL asks for, and where the server is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a page of HTML is held back until it is whole, everything else streams."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def rewriting(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
            elif held and message["type"] == "http.response.body":
                held.append(message)
                if not message.get("more_body"):
                    await _send_page(held, scope, send)
            else:
                await send(message)

        await self.app(_uncompressed(scope), receive, rewriting)


def _uncompressed(scope: Scope) -> Scope:
    """A navigation without `Accept-Encoding`, since a compressed page cannot be written into."""
    headers = Headers(scope=scope)
    if "text/html" not in headers.get("accept", ""):
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}


def _is_page(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")


async def _send_page(held: list[Message], scope: Scope, send: Send) -> None:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [DEFAULT_LANGUAGE])[0]
    tag = _SHELL.replace(b'lang="en"', _TAGS.get(asked, _TAGS[DEFAULT_LANGUAGE]))
    body = b"".join(message.get("body", b"") for message in held[1:])
    if body:
        body = body.replace(_SHELL, tag, 1).replace(_HEAD, _ORIGIN + _preload(), 1)
        MutableHeaders(scope=held[0])["content-length"] = str(len(body))
    await send(held[0])
    await send({"type": "http.response.body", "body": body})
