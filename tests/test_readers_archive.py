"""Zip files of reports to their members."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import Rejected
from etl.readers.archive import MAX_MEMBER, members
from tests.fuzzing import damages
from tests.reader_files import paragraph, word, zipped

GOOD = zipped({"示例县/2023.txt": "报告", "b.docx": word(paragraph("报告"))})


def names(data: bytes) -> list[str]:
    return [member.name for member in members(data)]


def named(stored: bytes, content: bytes = b"1") -> bytes:
    """An archive whose one member has this name, bytes as a Chinese system writes them, without the UTF-8 mark."""
    place = "x" * len(stored)
    return zipped({place: content}).replace(place.encode(), stored)


def test_members_in_order() -> None:
    found = list(members(GOOD))
    assert [(member.name, member.refused) for member in found] == [("示例县/2023.txt", None), ("b.docx", None)]
    assert found[0].data.decode() == "报告"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_the_mark_are_decoded(encoding: str) -> None:
    assert names(named("示例县年报.txt".encode(encoding))) == ["示例县年报.txt"]


@pytest.mark.parametrize(
    ("stored", "name"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\a\\..\\b.txt", "a/b.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("a\u202etxt.exe", "atxt.exe"),
    ],
)
def test_names_lead_nowhere(stored: str, name: str) -> None:
    assert names(zipped({stored: "1"})) == [name]


def test_leftovers_and_folders_are_skipped() -> None:
    assert names(zipped({"a/": "", "__MACOSX/a/._b.txt": "1", "a/.DS_Store": "1", "a/b.txt": "1"})) == ["a/b.txt"]


def test_same_name_twice_stays_two_files() -> None:
    assert names(zipped({"a/b.txt": "1", "a//b.txt": "2"})) == ["a/b.txt", "a/b (2).txt"]


def test_archive_in_an_archive_is_refused_alone() -> None:
    found = list(members(zipped({"in.zip": GOOD, "b.txt": "1"})))
    assert [member.refused.reason if member.refused else "" for member in found] == ["zip_limits", ""]


def test_encrypted_member_is_refused_alone() -> None:
    data = bytearray(zipped({"a.txt": "1", "b.txt": "2"}))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    found = list(members(bytes(data)))
    assert [member.refused.reason if member.refused else "" for member in found] == ["encrypted", ""]
    assert found[0].data == b""


def test_damaged_member_is_refused_alone() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        container.writestr("a.txt", "0123456789")
        container.writestr("b.txt", "2")
    found = list(members(buffer.getvalue().replace(b"0123456789", b"0123456780")))
    assert [member.refused.reason if member.refused else "" for member in found] == ["damaged_zip", ""]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged_zip"),
        (b"PK\x03\x04", "damaged_zip"),
        (zipped({f"{number}.txt": "" for number in range(5001)}), "zip_limits"),
        (zipped({"a.txt": b"0" * 30_000_000}), "zip_limits"),
    ],
    ids=["nothing", "rubbish", "many", "bomb"],
)
def test_rejections(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected) as rejected:
        list(members(data))
    assert rejected.value.reason == reason


def test_a_huge_member_is_refused_by_its_claim() -> None:
    data = bytearray(zipped({"a.txt": "1", "b.txt": "2"}))
    entry = data.find(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (MAX_MEMBER + 1).to_bytes(4, "little")
    with pytest.raises(Rejected) as rejected:
        list(members(bytes(data)))
    assert rejected.value.reason == "zip_limits"


@given(st.data())
def test_damaged_archives_never_crash(data: st.DataObject) -> None:
    try:
        for member in members(data.draw(damages(GOOD))):
            assert member.name
            assert not member.name.startswith("/")
            assert ".." not in member.name.split("/")
    except Rejected as rejected:
        assert rejected.reason
