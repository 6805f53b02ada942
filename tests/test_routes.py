"""The addresses for programs, asked over HTTP as a program would."""

from __future__ import annotations

import gzip
import io
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from bench.server import serving
from dashboard.queries import questions
from dashboard.queries.selection import Selection
from dashboard.routes import TABLES


@pytest.fixture(scope="module")
def address(full_warehouse: Path) -> Iterator[str]:
    with serving(full_warehouse) as found:
        yield found


@pytest.fixture(autouse=True)
def warehouse(full_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))


@pytest.mark.parametrize("table", TABLES)
def test_pandas_reads_the_address(address: str, table: str) -> None:
    found = pd.read_csv(f"{address}/data/{table}.csv?year=2022")
    expected = questions.rows(table, Selection(years=(2022,)))
    assert list(found.columns) == list(expected.columns)
    assert len(found) == len(expected) > 0


@pytest.mark.parametrize("table", TABLES)
def test_three_formats_say_the_same(address: str, table: str) -> None:
    url = f"{address}/data/{table}"
    with urllib.request.urlopen(f"{url}.json?county=990121") as answer:
        records = json.load(answer)
    with urllib.request.urlopen(f"{url}.parquet?county=990121") as answer:
        parquet = pd.read_parquet(io.BytesIO(answer.read()))
    rows = pd.read_csv(f"{url}.csv?county=990121")
    assert len(records) == len(parquet) == len(rows) > 0
    assert list(records[0]) == list(parquet.columns) == list(rows.columns)


def test_a_null_stays_a_null(address: str) -> None:
    cells = pd.read_csv(f"{address}/data/cells.csv", keep_default_na=False)
    unknown = cells[cells["state"] != "number"]
    assert len(unknown) > 0
    assert set(unknown["value"]) == {""}
    assert (cells[cells["state"] == "number"]["value"] != "").all()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("year=1066", "year=1066"),
        ("county=nowhere", "county=nowhere"),
        ("colour=red", "colour"),
        ("same=maybe", "same=maybe"),
        ("lang=xx", "lang=xx"),
        ("agency=a&agency=b", "agency=b"),
    ],
)
def test_bad_parameter_is_answered_with_the_reason(address: str, query: str, reason: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as answered:
        urllib.request.urlopen(f"{address}/data/reports.csv?{query}")
    assert answered.value.code == 400
    assert reason in answered.value.read().decode("utf-8")


def test_a_link_of_the_page_is_also_one_for_programs(address: str) -> None:
    answers = [urllib.request.urlopen(f"{address}/data/reports.csv?year=2023{more}") for more in ("", "&lang=en")]
    assert answers[0].read() == answers[1].read()


@pytest.mark.parametrize(
    ("query", "tag", "head"), [("", "zh-CN", "公式（英文）"), ("?lang=en", "en", "Formula (English)")]
)
def test_listing_speaks_the_language_asked_for(address: str, query: str, tag: str, head: str) -> None:
    with urllib.request.urlopen(f"{address}/data/{query}") as answer:
        page = answer.read().decode("utf-8")
    assert f'<html lang="{tag}"' in page
    assert head in page


def test_unknown_table_is_not_found(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as answered:
        urllib.request.urlopen(f"{address}/data/secrets.csv")
    assert answered.value.code == 404


def test_listing_names_every_address_and_metric(address: str) -> None:
    with urllib.request.urlopen(f"{address}/data/") as answer:
        page = answer.read().decode("utf-8")
    for table in TABLES:
        assert f"{table}.csv" in page
    for key in questions.metrics():
        assert key in page


def test_answers_are_compressed_and_carry_the_security_headers(address: str) -> None:
    asked = urllib.request.Request(f"{address}/data/cells.csv", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        body = gzip.decompress(answer.read())
    assert len(pd.read_csv(io.BytesIO(body))) == len(questions.rows("cells", Selection()))


@pytest.mark.parametrize(("query", "tag"), [("", "zh-CN"), ("?lang=en", "en"), ("?lang=xx", "zh-CN")])
def test_shell_page_says_its_language(address: str, query: str, tag: str) -> None:
    headers = {"Accept": "text/html", "Accept-Encoding": "gzip"}
    with urllib.request.urlopen(urllib.request.Request(f"{address}/compare{query}", headers=headers)) as answer:
        assert f'<html lang="{tag}"' in gzip.decompress(answer.read()).decode("utf-8")


def test_scripts_are_answered_compressed_twice_the_same(address: str) -> None:
    with urllib.request.urlopen(f"{address}/") as answer:
        page = answer.read().decode("utf-8")
    script = page.split('src="./', 1)[1].split('"', 1)[0]
    asked = urllib.request.Request(f"{address}/{script}", headers={"Accept-Encoding": "gzip"})
    bodies = []
    for _ in range(2):
        with urllib.request.urlopen(asked) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            bodies.append(gzip.decompress(answer.read()))
    assert bodies[0] == bodies[1] != b""


def test_server_without_a_warehouse_is_alive_and_says_what_to_do(tmp_path: Path) -> None:
    with serving(tmp_path) as bare:
        with urllib.request.urlopen(f"{bare}/health") as answer:
            assert json.load(answer) == {"status": "ok", "build": None, "reports": 0}
        with pytest.raises(urllib.error.HTTPError) as answered:
            urllib.request.urlopen(f"{bare}/data/reports.csv")
        assert answered.value.code == 503
        assert "nianbao load" in answered.value.read().decode("utf-8")
