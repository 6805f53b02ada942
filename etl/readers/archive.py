"""Zip files of reports: their members, named and limited; nothing is written to disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZipInfo

from etl.document import Rejected
from etl.readers.sniff import sniff
from etl.readers.zips import Container

MAX_MEMBER = 50_000_000
DAMAGED = "damaged_zip"
_UTF8_NAME = 0x800
_CONTROL = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_DRIVE = re.compile(r"[A-Za-z]:")
_LEFTOVERS = ("__MACOSX",)
_LEFTOVER_NAMES = (".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. `refused` says why its bytes were not taken; `data` is empty then."""

    name: str
    data: bytes
    refused: Rejected | None = None


def members(data: bytes) -> Iterator[Member]:
    """Every file of an archive, with a relative name that leaves no folder; traces of file managers are skipped.

    Rejected: damaged_zip, zip_limits. A member may be refused alone: encrypted, damaged_zip, zip_limits.
    """
    container = Container(data, DAMAGED)
    for name, info in _named(container):
        yield _member(container, info, name)


def listing(data: bytes) -> tuple[tuple[str, int], ...]:
    """Names and unpacked sizes of an archive's files without unpacking them. Rejected: damaged_zip, zip_limits."""
    return tuple((name, info.file_size) for name, info in _named(Container(data, DAMAGED)))


class Archive:
    """An opened archive whose files are asked for one by one. Rejected: damaged_zip, zip_limits."""

    def __init__(self, data: bytes) -> None:
        self._container = Container(data, DAMAGED)
        self._infos = dict(_named(self._container))

    def read(self, name: str) -> bytes:
        """The bytes of the file of that name. Rejected as in `members`; not_found when there is no such file."""
        if name not in self._infos:
            raise Rejected("not_found", name)
        member = _member(self._container, self._infos[name], name)
        if member.refused is not None:
            raise member.refused
        return member.data


def _named(container: Container) -> Iterator[tuple[str, ZipInfo]]:
    taken: dict[str, int] = {}
    for info in container.infos():
        name = _name(info)
        if info.is_dir() or not name or _is_leftover(name):
            continue
        yield _free(name, taken), info


def _member(container: Container, info: ZipInfo, name: str) -> Member:
    if info.file_size > MAX_MEMBER:
        return Member(name, b"", Rejected("zip_limits", f"{info.file_size} bytes"))
    try:
        data = container.unpack(info)
        nested = data.startswith(b"PK") and sniff(data) == ".zip"
    except Rejected as refused:
        return Member(name, b"", refused)
    if nested:
        return Member(name, b"", Rejected("zip_limits", "an archive in an archive"))
    return Member(name, data)


def _name(info: ZipInfo) -> str:
    """The name in its writer's encoding, without anything that leads out of the archive."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        name = _decoded(name)
    parts = _DRIVE.sub("", _CONTROL.sub("", name)).replace("\\", "/").split("/")
    return "/".join(part.strip() for part in parts if part.strip() not in ("", ".", ".."))


def _decoded(name: str) -> str:
    """Names without the UTF-8 mark were read as code page 437; Chinese systems write them in GBK or UTF-8."""
    try:
        stored = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return stored.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _is_leftover(name: str) -> bool:
    path = PurePosixPath(name)
    return path.parts[0] in _LEFTOVERS or path.name in _LEFTOVER_NAMES


def _free(name: str, taken: dict[str, int]) -> str:
    """A second file of the same name stays apart from the first, and from one that is called as it would be."""
    path, free = PurePosixPath(name), name
    while free in taken:
        taken[name] += 1
        free = str(path.with_name(f"{path.stem} ({taken[name]}){path.suffix}"))
    taken[free] = 1
    return free
