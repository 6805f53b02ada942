"""The label catalogue: every word the user sees, Chinese and English, from `labels/*.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from etl.yml import read_yml

LANGUAGES = ("zh", "en")
DEFAULT_LANGUAGE = "zh"
_FOLDER = Path(__file__).parent / "labels"


class Catalogue:
    """Labels of one language by dotted key. Calling it fills the label's `{fields}`; an unknown key raises KeyError."""

    def __init__(self, lang: str, labels: Mapping[str, str]) -> None:
        self.lang = lang
        self._labels = labels

    def __call__(self, key: str, **fields: object) -> str:
        label = self._labels[key]
        return label.format(**fields) if fields else label

    def __contains__(self, key: object) -> bool:
        return key in self._labels

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def entry(self, row: Any, field: str = "label") -> str:
        """This language's `field` of a dictionary row that carries `<field>_zh` and `<field>_en`."""
        return str(row[f"{field}_{self.lang}"])


@cache
def catalogue(lang: str) -> Catalogue:
    """The catalogue of `zh` or `en`; any other language raises FileNotFoundError."""
    tree = read_yml(_FOLDER / f"{lang}.yml")
    return Catalogue(lang, dict(_flatten(tree, "")))


def _flatten(tree: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
