"""The documents say what the program does: a command, page, view, metric, rule, theme or term they miss fails here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from etl.commands.app import app
from etl.commands.data_dictionary import TARGET, data_dictionary
from etl.form import forms
from etl.report import State

PROJECT = Path(__file__).resolve().parent.parent
DOCS = PROJECT / "docs"
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_the_data_dictionary_is_current() -> None:
    assert TARGET.read_text(encoding="utf-8") == data_dictionary(), "run python -m etl.commands.data_dictionary"


def test_the_readme_names_every_command() -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"`nianbao (\w+)", README))
    assert named == commands


def test_the_readme_paths_are_there() -> None:
    paths = re.findall(r"`((?:etl|data|docs|dashboard|tests)/[^`*]*)`", README)
    assert paths
    assert not [path for path in paths if not (PROJECT / path).exists()]


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", *sorted(f"docs/{path.name}" for path in DOCS.glob("*.md"))])
def test_paths_named_in_documents_are_there(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    paths = re.findall(r"`((?:etl|data|docs|dashboard|tests|bench)/[^`*<>{}… ]*)`", text)
    assert not [path for path in paths if not (PROJECT / path).exists() and not path.startswith("data/warehouse")]


def test_tests_named_in_documents_are_there() -> None:
    for path in DOCS.glob("*.md"):
        named = re.findall(r"`(test_\w+)`", path.read_text(encoding="utf-8"))
        assert not [name for name in named if not (PROJECT / "tests" / f"{name}.py").exists()], path.name


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert not [link for link in links if not (PROJECT / link).exists()]


def test_the_readme_types_what_the_makefile_knows() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= targets


def test_the_glossary_has_the_states_and_groups_of_the_forms() -> None:
    glossary = (PROJECT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for state in State:
        assert f"| {state.value} |" in glossary
    keys = {row.key.split("_")[0] for table in forms()["2021"].tables for row in table.rows}
    assert not [key for key in sorted(keys) if key not in glossary and key != "other"]
