"""What every answer of the server gets: security headers, and the page's language in its shell."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


class PageLanguage:
    """Writes the language that the URL asks for into the shell page, which says English whatever it shows."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the shell is small and comes with its length, which stays right."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [DEFAULT_LANGUAGE])[0]
        tag = _SHELL.replace(b'lang="en"', _TAGS.get(asked, _TAGS[DEFAULT_LANGUAGE]))
        start: list[Message] = []

        async def rewritten(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
                if not MutableHeaders(scope=message).get("content-type", "").startswith("text/html"):
                    await send(start.pop())
                return
            if start:
                message = {**message, "body": message.get("body", b"").replace(_SHELL, tag, 1)}
                headers = MutableHeaders(scope=start[0])
                if "content-length" in headers and not message.get("more_body"):
                    headers["content-length"] = str(len(message["body"]))
                elif "content-length" in headers:
                    del headers["content-length"]
                await send(start.pop())
            await send(message)

        await self.app(scope, receive, rewritten)
