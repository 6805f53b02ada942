"""What a file is by its content; its name is often wrong: web pages called .doc, archives called .html."""

from __future__ import annotations

import re

from etl.document import Rejected
from etl.readers.zips import Container

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"RIFF": "RIFF",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
    b"ID3": "MP3",
}
_ARCHIVES = {b"Rar!\x1a\x07": ".rar", b"7z\xbc\xaf\x27\x1c": ".7z", b"\x1f\x8b\x08": ".gz"}
_IN_ZIP = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("ppt/presentation.xml", ".pptx"),
    ("OFD.xml", ".ofd"),
)
_IN_OLE = (
    ("EncryptedPackage", ""),
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("PowerPoint Document", ".ppt"),
)
_MAIL_LINE = rb"[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*"
_MAIL_HEAD = re.compile(rb"\A(?:%b){0,30}?(?:MIME-Version|Content-Type):" % _MAIL_LINE, re.IGNORECASE)
_WORD_XML = re.compile(rb"<\?mso-application|<w:wordDocument|<pkg:package", re.IGNORECASE)
_MARKUP_START = re.compile(
    rb"\A(?:<\?xml[^>]*+>|<!--[^-]*+(?:-(?!->)[^-]*+)*-->|<!doctype[^>]*+>|\s++)*<(?:html|head|body|meta|title|table|"
    rb"div|p|span|style|script|center|font|h[1-6]|ul|ol|section|article|br|link|base)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 8192


def sniff(data: bytes) -> str:
    """The ending a file should have: `.txt`, `.html`, `.mht`, `.docx`, `.pdf`, `.doc`, `.rtf`, `.odt`, `.zip`, or one
    that no reader takes, such as `.xlsx`, `.ofd`, `.rar`. Rejected: not_a_document (a picture, a program), encrypted.
    """
    for start, kind in _PICTURES.items():
        if data.startswith(start) and b"\0" in data[:64]:
            raise Rejected("not_a_document", kind)
    for start, ending in _ARCHIVES.items():
        if data.startswith(start):
            return ending
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(OLE):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    return _text_kind(data)


def _zip_kind(data: bytes) -> str:
    container = Container(data, "damaged_zip")
    for name, ending in _IN_ZIP:
        if name in container.members:
            return ending
    if "mimetype" in container.members and b"opendocument.text" in container.read("mimetype"):
        return ".odt"
    if "[Content_Types].xml" in container.members and b"wordprocessingml.document.main" in container.read(
        "[Content_Types].xml"
    ):
        return ".docx"
    return ".zip"


def _ole_kind(data: bytes) -> str:
    for stream, ending in _IN_OLE:
        if stream.encode("utf-16-le") in data:
            if not ending:
                raise Rejected("encrypted")
            return ending
    return ".doc"


def _text_kind(data: bytes) -> str:
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode("utf-8")
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if _MAIL_HEAD.match(head) and b"multipart/" in head:
        return ".mht"
    if head.startswith(b"<?xml") and _WORD_XML.search(head):
        return ".doc"
    return ".html" if _MARKUP_START.match(head) or _holds_table(data) else ".txt"


def _holds_table(data: bytes) -> bool:
    """Whether a table in markup stands in a text, as converters write them into Markdown."""
    if b"<" not in data:
        return False
    data = data.lower()
    start = data.find(b"<table")
    return start >= 0 and data.find(b"<td", start) >= 0
