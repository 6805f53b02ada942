"""What is installed to run the program is pinned, and its licence is named."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distributions, requires

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
    needed_to_run, only_to_test = (
        {plain(word) for word in re.findall(r"[\w.-]*\w", part)} for part in notice.split("only its tests")
    )
    assert libraries - needed_to_run == set()
    assert {plain(pin.split("==")[0]) for pin in pins} - needed_to_run - only_to_test == set()


def test_what_is_installed_here_is_what_is_pinned() -> None:
    """What the tests show is shown of the pinned versions, not of others."""
    pins = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    here = {plain(one.name): one.version for one in distributions()}
    others = {pin for pin in pins if here.get(plain(pin.split("==")[0]), pin.split("==")[1]) != pin.split("==")[1]}
    assert others == set()
