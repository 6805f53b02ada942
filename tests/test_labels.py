"""Every row and column of every form has a name in both languages, and no name is a key in disguise."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import yaml

from dashboard.catalogue import LANGUAGES, catalogue
from etl.form import forms
from etl.paths import DATA, FORMS
from etl.report import Region
from etl.warehouse.dictionary import dictionaries

HEADS = ("version", "position", "key", "table_no", "row_key", "column_key")
LABELS = ("label_zh", "label_en", "row_label_zh", "row_label_en", "column_label_zh", "column_label_en")


def cells() -> list[dict[str, str]]:
    return [dict(zip(HEADS + LABELS, row, strict=False)) for row in dictionaries()["form_cell"]]


@pytest.mark.parametrize("name", LABELS)
def test_no_label_is_missing_or_a_key(name: str) -> None:
    for cell in cells():
        keys = (cell["key"], cell["row_key"], cell["column_key"])
        assert cell[name].strip()
        assert cell[name] not in {*keys, *(key.replace("_", " ") for key in keys)}, cell["key"]
        assert "_" not in cell[name]


def test_english_is_written_with_a_capital_and_latin_letters() -> None:
    for cell in cells():
        for part in (*cell["row_label_en"].split("/"), cell["column_label_en"]):
            assert part.isascii()
            assert part[0].isupper()


def test_rows_of_a_table_have_names_of_their_own() -> None:
    for version in forms():
        rows = {(c["table_no"], c["row_key"], c["row_label_en"]) for c in cells() if c["version"] == version}
        assert len({(table, label) for table, _, label in rows}) == len(rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_has_a_name(lang: str) -> None:
    assert {"unknown", *forms()} == {key.removeprefix("form.") for key in catalogue(lang) if key.startswith("form.")}


def test_english_names_nothing_that_no_form_has() -> None:
    english = yaml.safe_load((FORMS / "english.yml").read_text(encoding="utf-8"))
    named = {(t, kind, key) for t, words in english.items() for kind in words for key in words[kind]}
    assert named == {
        (cell["table_no"], kind, cell[head])
        for cell in cells()
        for kind, head in (("rows", "row_key"), ("columns", "column_key"))
    }


def metrics() -> list[dict[str, str]]:
    return list(yaml.safe_load((DATA / "metrics.yml").read_text(encoding="utf-8"))["metrics"])


@pytest.mark.parametrize("name", ["label_zh", "label_en", "key"])
def test_no_two_metrics_have_one_name(name: str) -> None:
    assert Counter(metric[name] for metric in metrics()).most_common(1)[0][1] == 1


def test_english_formulas_are_words_and_no_keys() -> None:
    keys = {cell[head] for cell in cells() for head in ("row_key", "column_key")}
    strung = {" ".join(key.split("_")) for key in keys if key.count("_") > 1}
    for metric in metrics():
        formula = metric["formula_en"]
        assert "_" not in formula
        assert not [key for key in strung if key in formula], metric["key"]
        assert (" ÷ " in formula) == (" ÷ " in metric["formula_zh"].replace("÷", " ÷ ")), metric["key"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_metric_of_one_operand_says_more_than_its_name(lang: str) -> None:
    for metric in metrics():
        assert metric[f"formula_{lang}"].casefold() != metric[f"label_{lang}"].casefold(), metric["key"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_way_to_tell_a_place_has_a_name(lang: str) -> None:
    documented = re.search(r"`level` is the confidence: ([a-z, -]+)\.", " ".join((Region.__doc__ or "").split()))
    assert documented is not None
    assert sorted(documented[1].split(", ")) == sorted(_named(lang, "region_level"))


def _named(lang: str, group: str) -> list[str]:
    words = catalogue(lang)
    levels = [key.removeprefix(f"{group}.") for key in words if key.startswith(f"{group}.")]
    assert all(words(f"{group}.{level}") != level for level in levels if "-" in level)
    return levels
