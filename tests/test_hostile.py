"""Files made to do harm: each is refused with its reason or read as the text it shows, in time and within limits."""

from __future__ import annotations

import csv
import io
import os
import random
import subprocess
import sys
import time
import warnings
import zipfile
import zlib
from pathlib import Path

import pytest

from bench.fuzz import PIECES, damaged, damaged_inside, damaged_text, is_bad, originals, run
from etl.commands.console import write_manifest
from etl.document import Document, Paragraph, Rejected
from etl.load import limits, worker
from etl.load.executors import apart, local, read_all
from etl.load.limits import limited
from etl.load.load import Loaded, Options, load
from etl.load.scan import Offer
from etl.load.worker import Task
from etl.readers import read
from etl.readers.archive import members
from etl.report import ReportCell, State
from etl.sample.write import SampleOptions, write_sample
from etl.tables.tables import read_tables
from etl.warehouse import store
from tests.reader_files import assembled, paragraph, word, zipped

FUZZED = int(os.environ.get("NIANBAO_FUZZ", "300"))
SECRET = "秘密内容不得读出"
QUICK = 5.0


def texts(document: Document) -> str:
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    return "\n".join(lines)


def outcome(name: str, data: bytes) -> str:
    """The text that a file shows, or `refused:` with the reason; in time."""
    started = time.process_time()
    try:
        with limited():
            said = texts(read(Path(name), data))
    except Rejected as rejected:
        said = f"refused:{rejected.reason}"
    assert time.process_time() - started < QUICK
    return said


def numbers(name: str, data: bytes) -> list[ReportCell]:
    """The cells in which a file prints a number; none when it is refused."""
    try:
        with limited():
            return [cell for cell in read_tables(read(Path(name), data)).cells if cell.state is State.NUMBER]
    except Rejected:
        return []


def test_blanks_without_end_before_a_label_hide_no_figure() -> None:
    head = "三、收到和处理政府信息公开申请情况 申请人情况 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
    rows = ("一、本年新收政府信息公开申请数量 1 2 0 0 0 0 3", "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0")
    lines = (Paragraph(" " * 300_000 + line, f"line {at}") for at, line in enumerate((head, *rows), 1))
    read_cells = read_tables(Document("made-up", tuple(lines), "text lines")).cells
    assert [cell.value for cell in read_cells if cell.at.row_key == "received"] == [1, 2, 0, 0, 0, 0, 3]


def test_some_hundred_damaged_reports_end_with_an_outcome(tmp_path: Path) -> None:
    good = [path for path in originals(tmp_path) if path.suffix != ".pdf" or FUZZED > 1000]
    ended = list(run(range(FUZZED), 7, good, 1))
    assert sorted(one.number for one in ended) == list(range(FUZZED))
    assert [one for one in ended if is_bad(one)] == []
    assert len({one.how for one in ended}) > 3


def test_a_load_of_damaged_reports_accounts_for_every_file(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    write_sample(reports, SampleOptions(4, (2021, 2024), ("txt", "html", "docx")))
    rng = random.Random(3)
    for path in sorted(reports.rglob("*")):
        if path.suffix == ".docx":
            path.write_bytes(damaged_inside(path.read_bytes(), rng))
        elif path.suffix in {".txt", ".html"}:
            path.write_bytes(damaged(path.read_bytes(), rng))
    loaded = load([reports], Options(tmp_path / "w", local(1)))
    assert len(loaded.outcomes) == sum(1 for path in reports.rglob("*") if path.is_file())
    assert {one.outcome for one in loaded.outcomes} <= {"loaded", "rejected", "ignored", "conflict", "duplicate"}
    with store.read_current(tmp_path / "w") as connection:
        [(sources,)] = connection.execute("select count(*) from sources").fetchall()
    assert sources == sum(1 for one in loaded.outcomes if one.outcome != "ignored")


@pytest.mark.parametrize("seed", range(40))
def test_rubbish_gives_no_figure(seed: int) -> None:
    rng = random.Random(seed)
    rubbish = (
        rng.randbytes(3000),
        "".join(chr(rng.randrange(0x4E00, 0x9FFF)) for _ in range(3000)).encode(),
        damaged_text("".join(rng.choice(PIECES) for _ in range(20)), rng).encode("utf-8", "replace"),
        " ".join(str(rng.randrange(10_000)) for _ in range(2000)).encode(),
    )
    for data in rubbish:
        for ending in (".txt", ".html", ".docx", ".pdf"):
            assert "\x00" not in outcome(f"a{ending}", data)
            assert numbers(f"a{ending}", data) == []


def _bomb(levels: int = 9) -> str:
    lines = ['<!ENTITY e0 "xxxxxxxxxx">']
    lines += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels)]
    return f"<!DOCTYPE a [{''.join(lines)}]>"


def test_entities_of_a_word_file_are_refused() -> None:
    for head in (_bomb(), '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'):
        data = zipped({"word/document.xml": f'<?xml version="1.0"?>{head}<w:document>&e8;&x;</w:document>'})
        assert outcome("a.docx", data).startswith("refused:")


def test_entities_in_utf_16_are_not_resolved() -> None:
    xml = f'<?xml version="1.0" encoding="UTF-16"?>{_bomb()}<a>&e8;</a>'
    said = outcome("a.docx", zipped({"word/document.xml": xml.encode("utf-16")}))
    assert len(said) < 1000


def test_nothing_outside_a_page_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><head><base href="{tmp_path.as_uri()}/">'
        f'<link rel="import" href="{secret.as_uri()}"></head><body><p>示例&x;</p><iframe src="secret.txt"></iframe>'
        f'<object data="{secret.as_uri()}"></object><img src="http://outside.invalid/a.png">'
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/></body></html>'
    )
    said = outcome("a.html", page.encode())
    assert "示例" in said and SECRET not in said


def test_nothing_outside_a_word_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.docx"
    secret.write_bytes(word(paragraph(SECRET)))
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" '
        f'Target="{secret.as_uri()}" TargetMode="External"/></Relationships>'
    )
    inside = paragraph("示例") + '<w:altChunk xmlns:r="urn:r" r:id="r1"/>'
    said = outcome("a.docx", word(inside, {"word/_rels/document.xml.rels": relations}))
    assert "示例" in said and SECRET not in said
    elsewhere = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        f' Target="{secret}"/></Relationships>'
    )
    data = zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": elsewhere})
    assert outcome("a.docx", data).startswith("refused:")


def test_bombs_in_zip_containers_are_refused_before_they_are_unpacked() -> None:
    zeros = zipped({"word/document.xml": b"0" * 300_000_000})
    assert len(zeros) < 400_000
    for name in ("a.docx", "a.zip"):
        assert outcome(name, zeros) in {"refused:zip_limits", "refused:unsupported"}
    many = zipped({f"word/{number}.xml": b"" for number in range(6000)})
    assert outcome("a.docx", many).startswith("refused:")


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_claims() -> None:
    data = bytearray(zipped({"word/document.xml": b"0" * 3_000_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    assert outcome("a.docx", bytes(data)).startswith("refused:")


def _pdf(pages: str, extra: str = "", more: tuple[str, ...] = ()) -> bytes:
    return assembled([f"<</Type/Catalog/Pages 2 0 R{extra}>>", pages, *more])


@pytest.mark.parametrize(
    "data",
    [
        _pdf("<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        _pdf("<</Type/Pages/Kids[3 0 R]/Count 99999999>>", more=("<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 9>>",)),
        _pdf("<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", more=("<</Type/Page/Parent 2 0 R>>",)),
        _pdf(f"<</Type/Pages/Kids[{'3 0 R ' * 5000}]/Count 5000>>", more=("<</Type/Page/MediaBox[0 0 9 9]>>",)),
        _pdf(
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "/OpenAction<</S/JavaScript/JS(while\\(1\\){})>>/AA<</O 4 0 R>>",
            ("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O 4 0 R>>>>", "<</S/Launch/F(/bin/sh)>>"),
        ),
    ],
    ids=["pages in a circle", "circle of two", "count beyond all", "five thousand pages", "scripts"],
)
def test_a_hostile_pdf_is_refused_in_time(data: bytes) -> None:
    assert outcome("a.pdf", data).startswith("refused:")


def test_a_stream_that_unpacks_to_much_is_refused_or_ends_in_time() -> None:
    content = zlib.compress(b"BT /F1 9 Tf 1 1 Td (x) Tj ET\n" * 200_000)
    stream = f"<</Length {len(content)}/Filter/FlateDecode>>\nstream\n{content.decode('latin-1')}\nendstream"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    font = "<</Type/Font/Subtype/Type1/BaseFont/Courier>>"
    assert outcome("a.pdf", _pdf("<</Type/Pages/Kids[3 0 R]/Count 1>>", more=(page, stream, font)))


FIRST_PAGE = """
import sys
import etl.readers.html
from etl.load.scan import scan
from etl.load.worker import Task, read_files
from etl.paths import SAMPLE_REPORTS
chunk = read_files([Task(offer) for offer in scan([SAMPLE_REPORTS / "fujian" / "pingtan-guanweihui-2020.html"])])
sys.exit(",".join(source.reason or "" for source in chunk.sources))
"""


def test_what_every_file_needs_is_no_memory_of_the_first() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_PAGE], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_a_file_may_not_take_all_the_memory() -> None:
    if sys.platform != "linux":
        pytest.skip("memory is watched on Linux")
    with pytest.raises(MemoryError), limited(memory=50 * 2**20):
        bytearray(500 * 2**20)
    assert len(bytearray(500 * 2**20)) == 500 * 2**20


def test_a_file_may_not_take_all_the_time() -> None:
    with pytest.raises(Rejected, match="too_slow"), limited(seconds=0.2):
        while True:
            pass
    time.sleep(0.3)


def _sleeps_for_ever() -> None:
    import ctypes  # noqa: PLC0415 - in the worker

    limits._GRACE = 0.5
    with limited(seconds=0.2):
        ctypes.PyDLL(None).sleep(600)


@pytest.mark.skipif(sys.platform == "win32", reason="needs the C library's sleep")
def test_a_worker_that_hangs_in_a_library_is_ended() -> None:
    with apart(1).open() as pool:
        started = time.monotonic()
        assert pool.submit(_sleeps_for_ever).exception(timeout=60) is not None
        assert time.monotonic() - started < 60


def test_a_fault_of_the_program_costs_its_file_alone(tmp_path: Path) -> None:
    write_sample(tmp_path, SampleOptions(1, (2021, 2023)))
    paths = sorted(tmp_path.rglob("*.txt"))
    offers = [Offer(str(path), str(path), path.stat().st_size) for path in paths]
    broken = Offer("\0", "broken.txt", 1)
    chunks = list(read_all([Task(one) for one in (offers[0], broken, *offers[1:])], apart(1)))
    sources = {source.path: source.reason for chunk in chunks for source in chunk.sources}
    assert sources == {str(path): None for path in paths} | {"\0": "crashed"}


def test_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    for name in ("a.txt", "b.pdf", "c.docx", "d.zip", "e.html"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(2**30)
    loaded = load([tmp_path], Options(tmp_path / "w", local(1)))
    assert {one.reason for one in loaded.outcomes if not one.shown.endswith(("load.lock", "current"))} >= {"too_large"}
    assert sum(one.reason == "too_large" for one in loaded.outcomes) == 5


@pytest.mark.parametrize("mark", ["\x00", "\u202e", "\u2066", "\x07", "\x1b[31m", "\ufeff", "\u200b", "\r"])
def test_invisible_characters_change_no_outcome(mark: str, tmp_path: Path) -> None:
    write_sample(tmp_path / "clean", SampleOptions(1, (2023, 2023), layouts=("tabs",)))
    [path] = (tmp_path / "clean").rglob("*.txt")
    text = path.read_text(encoding="utf-8")
    (tmp_path / "dirty").mkdir()
    (tmp_path / "dirty" / path.name).write_text(mark.join(text.splitlines(keepends=True)), encoding="utf-8", newline="")
    clean, dirty = (load([tmp_path / name], Options(tmp_path / f"w-{name}", local(1))) for name in ("clean", "dirty"))
    figures = [_figures(one, tmp_path / f"w-{name}") for one, name in ((clean, "clean"), (dirty, "dirty"))]
    assert figures[1] in (figures[0], set())


def _figures(loaded: Loaded, folder: Path) -> set[tuple[object, ...]]:
    assert loaded.build is not None
    with store.read_current(folder) as connection:
        rows = connection.execute("select table_no, row_key, column_key, value from cells where state = 'number'")
        return set(rows.fetchall())


def test_names_that_a_spreadsheet_would_run_are_text_in_the_manifest(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "=cmd|'A0.txt").write_text("x", encoding="utf-8")
    before = Path.cwd()
    os.chdir(tmp_path / "in")
    try:
        loaded = load([Path()], Options(tmp_path / "w", local(1)))
    finally:
        os.chdir(before)
    write_manifest(tmp_path / "m.csv", loaded)
    with (tmp_path / "m.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["path"].startswith("'=cmd")


def test_paths_in_an_archive_leave_no_folder() -> None:
    buffer = io.BytesIO()
    names = ("../../etc/passwd", "/etc/shadow", "C:\\windows\\a.txt", "a/../../b.txt", "\u202egnp.txt", "con\n.txt")
    with zipfile.ZipFile(buffer, "w") as container:
        for name in names:
            container.writestr(name, "x")
    found = [member.name for member in members(buffer.getvalue())]
    assert len(found) == len(names)
    assert not [
        name for name in found if name.startswith("/") or ".." in name.split("/") or ":" in name or "\n" in name
    ]


def _archive(names: tuple[str, ...], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip whose files hold their own number; names may occur twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as container, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for number, name in enumerate(names):
            container.writestr(name, f"{number}")
    return buffer.getvalue()


def test_no_file_of_an_archive_is_lost_to_another_of_its_name(tmp_path: Path) -> None:
    names = ("a.txt", "a.txt", "a (2).txt", "a (3).txt", "./a.txt", "../a.txt", "b\\a.txt", "b/a.txt", "C:a.txt")
    (tmp_path / "z.zip").write_bytes(_archive(names))
    loaded = load([tmp_path / "z.zip"], Options(tmp_path / "w", local(1)))
    assert len({one.shown for one in loaded.outcomes}) == len(names)
    found = {member.name: member.data for member in members(_archive(names))}
    assert sorted(found.values()) == [str(number).encode() for number in range(len(names))]


def test_five_thousand_files_of_one_archive_are_opened_once(tmp_path: Path) -> None:
    (tmp_path / "z.zip").write_bytes(_archive(("a.txt",) * 5000))
    opened = worker._archive.cache_info().misses
    loaded = load([tmp_path / "z.zip"], Options(tmp_path / "w", local(1)))
    assert loaded.counts()["rejected"] == 5000
    assert worker._archive.cache_info().misses == opened + 1


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_packing_that_lets_a_file_say_how_much_memory_it_takes_is_refused(method: int) -> None:
    [member] = members(_archive(("a.txt",), method))
    assert member.refused is not None and member.refused.reason == "damaged_zip"
    document = zipped({"word/document.xml": b"<a/>"})
    with zipfile.ZipFile(io.BytesIO(document)) as good, zipfile.ZipFile(packed := io.BytesIO(), "w", method) as other:
        for name in good.namelist():
            other.writestr(name, good.read(name))
    assert outcome("a.docx", packed.getvalue()).startswith("refused:")


@pytest.mark.skipif(not hasattr(os, "symlink") or sys.platform == "win32", reason="needs links that anybody may make")
def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    for name, target in (("itself", "itself"), ("there", "back"), ("back", "there"), ("far", "a" * 300)):
        (tmp_path / name).symlink_to(target)
    loaded = load([tmp_path], Options(tmp_path.parent / "w", local(1)))
    assert [one.reason for one in loaded.outcomes] == ["link"] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="needs folders deeper than a path may be long")
def test_a_folder_without_a_bottom_costs_what_lies_too_deep_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "top.txt").write_text("x", encoding="utf-8")
    here = os.open(tmp_path / "in", os.O_RDONLY)
    for _ in range(2500):
        os.mkdir("d", dir_fd=here)
        here, above = os.open("d", os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(here)
    loaded = load([tmp_path / "in"], Options(tmp_path / "w", local(1)))
    assert {one.reason for one in loaded.outcomes if one.shown.endswith("top.txt")} == {"not_a_report"}
    assert [one.reason for one in loaded.outcomes if not one.shown.endswith("top.txt")] == ["not_readable"]
    subprocess.run(["rm", "-rf", str(tmp_path / "in")], check=True)
