"""Web archives, as Word and old browsers save a page: one mail message whose first HTML part is the page."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from etl.document import Document, Rejected
from etl.readers import html

_MAX_PARTS = 500


def read(source: str, data: bytes) -> Document:
    """The Document of the page inside. Rejected: damaged_mhtml (no page in it), or what the HTML reader says."""
    for number, part in enumerate(message_from_bytes(data).walk()):
        if number > _MAX_PARTS:
            break
        if part.get_content_type() == "text/html":
            return replace(html.read(source, _body(part)), layout="mhtml")
    raise Rejected("damaged_mhtml")


def _body(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        raise Rejected("damaged_mhtml")
    return body
