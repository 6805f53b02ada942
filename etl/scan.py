"""Which files a load is offered: everything under the given paths, with what can be told without opening it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.outcomes import is_ignored

MOST_BYTES = 64 * 2**20
"""A file above this is refused unread: reports weigh kilobytes, scans a few megabytes."""

REFUSALS = ("link", "not_a_file", "too_large")
"""Reasons for which a file is refused without being opened."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file: `path` is absolute, `shown` as the user wrote it. `refused` is a reason key when it is not to be read."""

    path: str
    shown: str
    bytes: int = 0
    modified_ns: int = 0
    refused: str = ""
    ignored: bool = False

    @property
    def key(self) -> str:
        """The path as the warehouse holds it: names that are no UTF-8 have their odd bytes written out."""
        return printable(self.path)


def printable(path: str) -> str:
    """A path that any text column can hold."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def scan(paths: Sequence[Path], most_bytes: int = MOST_BYTES) -> list[Offer]:
    """Every file once, in the order of its absolute path. Links are followed only to files inside their folder.

    FileNotFoundError when a path does not exist.
    """
    offers: dict[str, Offer] = {}
    for path in paths:
        for offer in _under(path, most_bytes):
            offers.setdefault(offer.path, offer)
    return [offers[path] for path in sorted(offers)]


def _under(path: Path, most_bytes: int) -> Iterator[Offer]:
    if path.is_dir():
        yield from _walk(path, path.resolve(), (path.resolve(), most_bytes))
    else:
        yield _judge(path.parent.resolve() / path.name, path, path.stat(), most_bytes)


def _walk(shown: Path, folder: Path, limits: tuple[Path, int]) -> Iterator[Offer]:
    """Files of a folder and its subfolders. Folders that are links are not entered, which also ends every loop."""
    root, most_bytes = limits
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except PermissionError:
        yield Offer(str(folder), str(shown), refused="not_readable")
        return
    for entry in entries:
        here, path = shown / entry.name, folder / entry.name
        if is_ignored(entry.name):
            yield Offer(str(path), str(here), ignored=True)
        elif entry.is_symlink() and not _is_inside(path, root):
            yield Offer(str(path), str(here), refused="link")
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(here, path, limits)
        else:
            yield _judge(path, here, entry.stat(), most_bytes)


def _is_inside(link: Path, root: Path) -> bool:
    target = link.resolve()
    return target.is_file() and target.is_relative_to(root)


def _judge(path: Path, shown: Path, found: os.stat_result, most_bytes: int) -> Offer:
    refused = ""
    if not stat.S_ISREG(found.st_mode):
        refused = "not_a_file"
    elif found.st_size > most_bytes:
        refused = "too_large"
    return Offer(str(path), str(shown), found.st_size, found.st_mtime_ns, refused)
