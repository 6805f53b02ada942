"""Zip containers opened with limits, whatever their directory claims; nothing is ever written to disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from etl.document import Rejected

MAX_MEMBERS = 5000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 200
_SMALL = 2_000_000
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What office programs and file managers write; the others let a file say how much memory unpacking it takes."""

_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    OSError,
    ValueError,
)


class Container:
    """An opened zip file; every failure to read it is Rejected with the reason `damaged`."""

    def __init__(self, data: bytes, damaged: str) -> None:
        self.damaged = damaged
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS as fault:
            raise Rejected(damaged, str(fault)) from fault
        self.members = {info.filename: info for info in self._zip.infolist()}
        _check_limits(self._zip.infolist(), len(data))

    def read(self, name: str) -> bytes:
        """The bytes of a member. Rejected: encrypted, or damaged, also when it is not there."""
        info = self.members.get(name)
        if info is None:
            raise Rejected(self.damaged, name)
        return self.unpack(info)

    def unpack(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of a member, never more than its directory entry claims. Rejected: encrypted, damaged."""
        if info.flag_bits & _ENCRYPTED:
            raise Rejected("encrypted", info.filename)
        if info.compress_type not in _METHODS:
            raise Rejected(self.damaged, f"compression method {info.compress_type}")
        try:
            return self._zip.read(info)
        except _FAULTS as fault:
            raise Rejected(self.damaged, str(fault)) from fault

    def find(self, name: str) -> bytes | None:
        """The bytes of a member that need not be there."""
        return self.read(name) if name in self.members else None

    def infos(self) -> list[zipfile.ZipInfo]:
        """The directory, in the order of the file."""
        return self._zip.infolist()


def _check_limits(infos: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MAX_MEMBERS:
        raise Rejected("zip_limits", f"{len(infos)} > {MAX_MEMBERS}")
    if unpacked > MAX_UNPACKED or (unpacked > _SMALL and unpacked > packed * MAX_RATIO):
        raise Rejected("zip_limits", f"{packed} -> {unpacked} bytes")
