"""What a file is by its content, web archives, and old office files by way of LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import docx as docx_library
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import Rejected
from etl.readers import docx, mhtml, office
from etl.readers.sniff import sniff
from tests.fuzzing import damages, survives
from tests.reader_files import cell, paragraph, paragraphs, printed_pdf, row, table, tables, word, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BODY = paragraph("示例县报告") + table(row(cell("规章"), cell("1")), row(cell("其他"), cell("2")))
ARCHIVE = b"""From: <Saved by a browser>
MIME-Version: 1.0
Content-Type: multipart/related; boundary="--part"

----part
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><body><p>=E7=A4=BA=E4=BE=8B=E5=8E=BF</p><table><tr><td>a</td><td>1</td></tr><tr><td>b=
</td><td>2</td></tr></table></body></html>
----part
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
----part--
"""
FLAT = b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'

needs_libreoffice = pytest.mark.skipif(
    not any(map(shutil.which, ("soffice", "libreoffice"))),
    reason="LibreOffice is not installed: apt-get install -y libreoffice-writer-nogui",
)


def stream(name: str) -> bytes:
    return OLE + b"\0" * 504 + name.encode("utf-16-le") + b"\0" * 64


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        ("示例县2023年报告\n一、总体情况\n".encode(), ".txt"),
        ("# 示例县\n\n| 甲 | 1 |\n".encode("gb18030"), ".txt"),
        ("收入<支出，<表>见下".encode(), ".txt"),
        (b"BM is how this text begins", ".txt"),
        (b"", ".txt"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", ".html"),
        (b"<?xml version='1.0'?>\n<!-- a --><HTML>", ".html"),
        ("<p>示例</p>".encode("utf-16"), ".html"),
        ("# 示例\n<table>\n<tr><td>1</td></tr></table>".encode(), ".html"),
        (ARCHIVE, ".mht"),
        (b"{\\rtf1\\ansi 1}", ".rtf"),
        (FLAT, ".doc"),
        (stream("WordDocument"), ".doc"),
        (stream("Workbook"), ".xls"),
        (printed_pdf(" "), ".pdf"),
        (b"\r\n" + printed_pdf(" "), ".pdf"),
        (word(BODY), ".docx"),
        (zipped({"xl/workbook.xml": ""}), ".xlsx"),
        (zipped({"OFD.xml": ""}), ".ofd"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), ".odt"),
        (zipped({"a.txt": "1"}), ".zip"),
        (b"Rar!\x1a\x07\x00", ".rar"),
    ],
)
def test_sniff(data: bytes, ending: str) -> None:
    assert sniff(data) == ending


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_document"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "not_a_document"),
        (stream("EncryptedPackage"), "encrypted"),
        (b"PK\x03\x04 rubbish", "damaged_zip"),
    ],
)
def test_sniff_rejects(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected) as rejected:
        sniff(data)
    assert rejected.value.reason == reason


@given(st.data())
def test_sniff_never_crashes(data: st.DataObject) -> None:
    for good in (word(BODY), ARCHIVE, printed_pdf(" ")):
        try:
            assert sniff(data.draw(damages(good))).startswith(".")
        except Rejected as rejected:
            assert rejected.reason


def test_web_archive() -> None:
    document = mhtml.read("示例.mht", ARCHIVE)
    assert paragraphs(document) == ["示例县"]
    assert tables(document) == [[["a", "1"], ["b", "2"]]]
    assert document.layout == "mhtml"


def test_web_archive_without_a_page() -> None:
    with pytest.raises(Rejected) as rejected:
        mhtml.read("示例.mht", ARCHIVE.replace(b"text/html", b"text/css"))
    assert rejected.value.reason == "damaged_mhtml"


@given(st.data())
def test_damaged_web_archives_never_crash(data: st.DataObject) -> None:
    survives(mhtml.read, ARCHIVE, data)


@needs_libreoffice
@pytest.mark.parametrize("ending", ["doc", "rtf", "odt"])
def test_old_office_file_is_read_as_the_new_one(ending: str, tmp_path: Path) -> None:
    made = docx_library.Document()
    made.add_paragraph("示例县报告")
    grid = made.add_table(2, 3)
    for place, text in {(0, 0): "内容", (0, 1): "件数", (1, 0): "规章", (1, 1): "1", (1, 2): "20"}.items():
        grid.cell(*place).text = text
    grid.cell(0, 1).merge(grid.cell(0, 2))
    made.add_paragraph("结尾")
    made.save(str(tmp_path / "input.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    program = shutil.which("soffice") or "libreoffice"
    command = [program, profile, "--headless", "--convert-to", ending, "--outdir", tmp_path, tmp_path / "input.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    old = office.read("示例", (tmp_path / f"input.{ending}").read_bytes())
    assert old.blocks == docx.read("示例", (tmp_path / "input.docx").read_bytes()).blocks
    assert tables(old) == [[["内容", "件数", ""], ["规章", "1", "20"]]]
    assert old.layout == "office"


@needs_libreoffice
def test_a_file_that_libreoffice_cannot_open_is_rejected() -> None:
    with pytest.raises(Rejected) as rejected:
        office.read("示例.doc", zipped({"a.bin": bytes(range(256))})[:90])
    assert rejected.value.reason in ("damaged_office", "empty")


def test_missing_libreoffice_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Rejected) as rejected:
        office.read("示例.doc", stream("WordDocument"))
    assert rejected.value.reason == "needs_libreoffice"


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="needs a shell")
def test_a_converter_that_hangs_is_ended_with_its_children(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n/bin/sleep 300 &\necho $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "SECONDS", 1)
    with pytest.raises(Rejected) as rejected:
        office.read("示例.doc", stream("WordDocument"))
    assert rejected.value.reason == "too_slow"
    child = int((tmp_path / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"
