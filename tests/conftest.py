"""Warehouses that several test files read. They are made once a session: read them, never load into them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import made_up

# A property holds however slow the machine is.
settings.register_profile("nianbao", deadline=None)
settings.load_profile("nianbao")


@pytest.fixture(autouse=True)
def _own_main_module() -> Iterator[None]:
    """AppTest puts a page in the place of the main module, which processes that are spawned later would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def full_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a warehouse with both forms, two counties, five years and every state of a cell."""
    return made_up.warehouse(tmp_path_factory.mktemp("full"), made_up.many())


@pytest.fixture(scope="session")
def one_report_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a warehouse with a single report."""
    return made_up.warehouse(tmp_path_factory.mktemp("one"), [made_up.report(made_up.AGENCIES[0], 2023)])


@pytest.fixture(scope="session")
def bare_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a warehouse with a single report that has neither tables nor sections nor findings."""
    return made_up.warehouse(tmp_path_factory.mktemp("bare"), [made_up.bare(made_up.AGENCIES[0], 2017)])


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a warehouse that a load made and that holds no report."""
    return made_up.warehouse(tmp_path_factory.mktemp("empty"), [])


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes what the program says now as what the golden cases expect."""
    parser.addoption("--update-golden", action="store_true", help="write expected files of the golden cases anew")
