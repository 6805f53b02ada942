"""Golden cases of the readers: a file beside the Document that a person sees in it; and one report in five formats."""

from __future__ import annotations

import gc
import json
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from etl.document import Document, Paragraph
from etl.readers.sniff import sniff
from etl.report import ReportCell
from etl.sample.pdf import browser
from etl.sample.write import SampleOptions, write_sample
from etl.tables.tables import read_tables

CASES = Path(__file__).parent / "golden" / "readers"
needs_browser = pytest.mark.skipif(browser() is None, reason="no Chromium to print with: apt-get install -y chromium")
MODULES = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".mht": "mhtml",
    ".docx": "docx",
    ".pdf": "pdf",
    ".doc": "office",
}


def read(name: str, data: bytes) -> Document:
    """The Document by the module for the file's content, the source named without its folder."""
    document: Document = import_module(f"etl.readers.{MODULES[sniff(data)]}").read(name, data)
    return document


def plain(document: Document) -> dict[str, object]:
    """A Document short enough to compare by eye; every place is written."""
    blocks: list[object] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            blocks.append(f"{block.place}: {block.text}")
        else:
            rows = [[f"{row.places[0]}: {row.texts[0]}", *row.texts[1:]] for row in block.rows]
            blocks.append({"exact": block.exact, "rows": rows})
    return {"layout": document.layout, "blocks": blocks}


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_case(case: Path, pytestconfig: pytest.Config) -> None:
    (source,) = case.glob("input.*")
    if source.suffix == ".doc" and not any(map(shutil.which, ("soffice", "libreoffice"))):
        pytest.skip("LibreOffice is not installed: apt-get install -y libreoffice-writer-nogui")
    told = plain(read(source.name, source.read_bytes()))
    expected = case / "expected.json"
    if pytestconfig.getoption("update_golden"):
        expected.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert told == json.loads(expected.read_text(encoding="utf-8"))


def cells(path: Path) -> dict[str, tuple[str, float | None]]:
    """State and value of every cell of a file."""

    def said(cell: ReportCell) -> tuple[str, float | None]:
        return cell.state.value, cell.value

    return {cell.at.key: said(cell) for cell in read_tables(read(path.name, path.read_bytes())).cells}


def sample(folder: Path, extension: str, layout: str) -> dict[str, dict[str, tuple[str, float | None]]]:
    """The same made-up reports of both forms, whatever the format, by name."""
    write_sample(folder, SampleOptions(1, (2020, 2023), (extension,), (layout,), seed=7))
    found = {path.stem: cells(path) for path in sorted(folder.rglob(f"*.{extension}"))}
    assert len(found) == 4
    return found


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, tuple[str, float | None]]]:
    """The reports' cells by their truth as far as it is a number, with the states that a plain page shows."""
    folder = tmp_path_factory.mktemp("truth")
    found = sample(folder, "html", "clean")
    for path in folder.rglob("*.truth.json"):
        truth = json.loads(path.read_text(encoding="utf-8"))["cells"]
        read_as = found[path.name.removesuffix(".truth.json")]
        assert {key: read_as[key][1] for key in truth} == truth
    return found


@pytest.mark.parametrize(
    ("extension", "layout"),
    [
        ("txt", "tabs"),
        ("md", "markdown"),
        ("html", "site"),
        ("html", "word"),
        ("docx", "merged"),
        ("docx", "text-box"),
        pytest.param("pdf", "ruled", marks=needs_browser),
        pytest.param("pdf", "ruled-word", marks=needs_browser),
    ],
)
def test_the_same_reports_in_every_format_give_equal_cells(
    extension: str, layout: str, wanted: dict[str, dict[str, tuple[str, float | None]]], tmp_path: Path
) -> None:
    assert sample(tmp_path, extension, layout) == wanted


@pytest.mark.parametrize("case", ["docx-merged", "html-site", "txt-gb18030"])
def test_what_a_reader_made_is_freed_when_it_is_done(case: str) -> None:
    """What refers to itself waits for the collector: hundreds of Word files held a gigabyte."""
    source = next(path for path in (CASES / case).iterdir() if path.stem == "input")
    read(source.name, source.read_bytes())
    gc.collect()
    gc.disable()
    try:
        read(source.name, source.read_bytes())
        assert gc.collect() == 0
    finally:
        gc.enable()
