"""PDF files: web pages printed by a Chromium that is started once for many of them."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Flags for a browser in a container that fetches nothing of its own."""
FOOT = "<div style='font-size:10px;width:100%;text-align:center'>- <span class='pageNumber'></span> -</div>"


class NoBrowser(RuntimeError):  # noqa: N818 - says what is missing
    """PDF files need Chromium, and none is installed."""


def browser() -> str | None:
    """The path of an installed Chromium, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@dataclass(slots=True)
class Printer:
    """A running browser that prints pages; its messages go through a pair of pipes, a zero byte after each."""

    to_browser: IO[bytes]
    from_browser: IO[bytes]
    session: str = ""
    sent: int = 0
    buffer: bytes = field(default=b"", repr=False)

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Sends a command and waits for its result; RuntimeError when the browser refuses."""
        self.sent += 1
        message: dict[str, object] = {"id": self.sent, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self.to_browser.write(json.dumps(message).encode() + b"\0")
        self.to_browser.flush()
        answer = self._wait(lambda got: got.get("id") == self.sent)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _wait(self, wanted: Any) -> dict[str, Any]:
        while True:
            message = self._next()
            if wanted(message):
                return message

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.buffer:
            got = os.read(self.from_browser.fileno(), 1 << 16)
            if not got:
                raise RuntimeError("the browser has ended")
            self.buffer += got
        raw, _, self.buffer = self.buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(raw)
        return message

    def open(self) -> Self:
        """Opens the page that every print goes through."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")
        return self

    def print_page(self, page: bytes, *, numbered: bool = False) -> bytes:
        """The PDF of a web page given as bytes in UTF-8, with page numbers at the foot when asked for."""
        frame = self.call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self.call("Page.setDocumentContent", frameId=frame, html=page.decode())
        feet: dict[str, object] = {"headerTemplate": "<span></span>", "footerTemplate": FOOT} if numbered else {}
        printed = self.call("Page.printToPDF", displayHeaderFooter=numbered, printBackground=True, **feet)
        return base64.b64decode(printed["data"])


@contextmanager
def printer() -> Iterator[Printer]:
    """A browser for the time of the block; NoBrowser when none is installed."""
    path = browser()
    if path is None:
        raise NoBrowser(", ".join(BROWSERS))
    in_read, in_write = os.pipe()
    out_read, out_write = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = _start(path, Path(profile), in_read, out_write)
        os.close(in_read)
        os.close(out_write)
        try:
            with os.fdopen(in_write, "wb") as to_browser, os.fdopen(out_read, "rb") as from_browser:
                yield Printer(to_browser, from_browser).open()
        finally:
            os.kill(process, signal.SIGTERM)
            os.waitpid(process, 0)


def _start(path: str, profile: Path, read_from: int, write_to: int) -> int:
    """Starts the browser with its command pipes at the descriptors 3 and 4, where it looks for them; its process id."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_DUP2, read_from, 3),
        (os.POSIX_SPAWN_DUP2, write_to, 4),
    ]
    command = [path, "--headless", *QUIET, "--remote-debugging-pipe", f"--user-data-dir={profile}"]
    return os.posix_spawn(path, command, os.environ, file_actions=actions)
