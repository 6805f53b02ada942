"""Which files a load is offered: everything under the given paths, with what can be told without opening it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from etl.document import Rejected
from etl.load.outcomes import is_ignored
from etl.readers.archive import listing

MOST_BYTES = 64 * 2**20
"""A file above this is refused unread: reports weigh kilobytes, scans a few megabytes."""

REFUSALS = ("link", "not_a_file", "too_large", "damaged_zip", "zip_limits")
"""Reasons for which a file is refused before it is read."""

ARCHIVE = ".zip"


@dataclass(frozen=True, slots=True)
class Offer:
    """A file: `path` is absolute, `shown` as the user wrote it. `refused` is a reason key when it is not to be read.

    A file in an archive has its name there as `member`, and `path` goes on from the archive's path with it.
    """

    path: str
    shown: str
    bytes: int = 0
    modified_ns: int = 0
    refused: str = ""
    ignored: bool = False
    member: str = ""

    @property
    def on_disk(self) -> Path:
        """The file that the file system knows: the archive of a member."""
        return Path(self.path.removesuffix(f"/{self.member}") if self.member else self.path)

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
        yield from _walk(path, path.resolve(), most_bytes)
    else:
        yield from _opened(_judge(path.parent.resolve() / path.name, path, path.stat(), most_bytes))


def _walk(shown: Path, root: Path, most_bytes: int) -> Iterator[Offer]:
    """Files of a folder and its subfolders. Folders that are links are not entered, which also ends every loop."""
    waiting = [(shown, root)]
    while waiting:
        here, folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            yield Offer(str(folder), str(here), refused="not_readable")
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and not is_ignored(entry.name):
                waiting.append((here / entry.name, folder / entry.name))
            else:
                yield from _found(entry, here / entry.name, root, most_bytes)


def _found(entry: os.DirEntry[str], shown: Path, root: Path, most_bytes: int) -> Iterator[Offer]:
    """The offer of what lies in a folder and is none; several for an archive."""
    path = Path(entry.path)
    if is_ignored(entry.name):
        yield Offer(str(path), str(shown), ignored=True)
    elif entry.is_symlink() and not _is_inside(path, root):
        yield Offer(str(path), str(shown), refused="link")
    else:
        try:
            judged = _judge(path, shown, entry.stat(), most_bytes)
        except OSError:
            judged = Offer(str(path), str(shown), refused="not_readable")
        yield from _opened(judged)


def _opened(offer: Offer) -> Iterator[Offer]:
    """The files of an archive; the archive itself when it is refused, and any other file as it is."""
    if offer.refused or not offer.path.lower().endswith(ARCHIVE):
        yield offer
        return
    try:
        files = listing(Path(offer.path).read_bytes())
    except Rejected as rejected:
        yield replace(offer, refused=rejected.reason)
        return
    except OSError:
        yield replace(offer, refused="not_readable")
        return
    for name, size in files:
        path, shown = f"{offer.path}/{name}", f"{offer.shown}/{name}"
        ignored = is_ignored(PurePosixPath(name).name)
        yield Offer(path, shown, size, offer.modified_ns, ignored=ignored, member=name)


def _is_inside(link: Path, root: Path) -> bool:
    target = Path(os.path.realpath(link))
    try:
        return target.is_relative_to(root) and target.is_file()
    except OSError:
        return False


def _judge(path: Path, shown: Path, found: os.stat_result, most_bytes: int) -> Offer:
    refused = ""
    if not stat.S_ISREG(found.st_mode):
        refused = "not_a_file"
    elif found.st_size > most_bytes:
        refused = "too_large"
    return Offer(str(path), str(shown), found.st_size, found.st_mtime_ns, refused)
