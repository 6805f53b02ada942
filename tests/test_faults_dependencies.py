"""What is installed to run the program is pinned, and its licence is named."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires

from packaging.requirements import Requirement

from etl.paths import PROJECT


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str, found: set[str]) -> set[str]:
    """Every distribution that `name` brings along here when it is installed without extras."""
    try:
        wanted = [Requirement(text) for text in requires(name) or []]
    except PackageNotFoundError:
        return found
    for one in wanted:
        if (one.marker is None or one.marker.evaluate({"extra": ""})) and plain(one.name) not in found:
            found.add(plain(one.name))
            needed(one.name, found)
    return found


def test_every_library_is_pinned_and_its_licence_named() -> None:
    libraries = needed("nianbao", set())
    assert "streamlit" in libraries
    pins = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    assert libraries - {plain(pin.split("==")[0]) for pin in pins} == set()
    notice = (PROJECT / "NOTICE").read_text(encoding="utf-8").split("when it runs")[1]
    assert libraries - {plain(word) for word in re.findall(r"[\w.-]*\w", notice)} == set()
