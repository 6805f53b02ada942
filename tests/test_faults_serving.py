"""The dashboard while the warehouse changes or breaks, and what a visitor cannot do to it."""

from __future__ import annotations

import base64
import csv
import io
import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import expect
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from streamlit.testing.v1 import AppTest

from bench.server import serving
from dashboard import routes
from dashboard.catalogue import catalogue
from dashboard.queries import door, questions
from dashboard.queries.selection import Selection
from etl.warehouse.store import POINTER, current_file
from etl.warehouse.warehouse import build
from tests import made_up
from tests.served import browsing
from tests.test_pages import APP, PAGES, opened
from tests.watched import Watched

SESSIONS = 20
MANY, FEW = made_up.many(), made_up.many()[:5]


def replace(folder: Path, reports: list[made_up.Report]) -> None:
    """What a load does that finds only these reports."""
    build(folder, [made_up.chunk(reports)], "test", carry_over=False)


def asked(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return str(answer.read().decode("utf-8-sig"))


def listed(address: str) -> int:
    return len(list(csv.DictReader(io.StringIO(asked(f"{address}/data/reports.csv")))))


@pytest.fixture(scope="module")
def address(full_warehouse: Path) -> Iterator[str]:
    with serving(full_warehouse) as found:
        yield found


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return made_up.warehouse(tmp_path / "w", MANY)


def test_twenty_clients_get_the_old_or_the_new_data_while_loads_replace_them(warehouse: Path) -> None:
    ended = threading.Event()
    answers: list[int] = []
    faults: list[str] = []

    def visit(address: str, number: int) -> None:
        while not ended.is_set():
            try:
                if number % 2:
                    answers.append(listed(address))
                else:
                    answers.append(json.loads(asked(f"{address}/health"))["reports"])
                    json.loads(asked(f"{address}/data/cells.json?year=2022"))
            except (urllib.error.URLError, ConnectionError, ValueError) as fault:
                faults.append(repr(fault))

    with serving(warehouse) as address:
        clients = [threading.Thread(target=visit, args=(address, number)) for number in range(SESSIONS)]
        for client in clients:
            client.start()
        for reports in (FEW, MANY, FEW, MANY):
            replace(warehouse, reports)
            assert listed(address) == len(reports)
        ended.set()
        for client in clients:
            client.join()
    assert faults == []
    assert set(answers) == {len(FEW), len(MANY)}


def test_twenty_open_pages_run_on_while_loads_replace_the_warehouse(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(warehouse))
    sessions = [opened(PAGES[number % len(PAGES)]) for number in range(SESSIONS)]
    ended = threading.Event()

    def load_again() -> None:
        while not ended.is_set():
            replace(warehouse, FEW)
            replace(warehouse, MANY)

    loads = threading.Thread(target=load_again)
    loads.start()
    try:
        for session in sessions:
            assert not session.run().exception
    finally:
        ended.set()
        loads.join()
    assert {int(questions.build()["reports"])} == {len(MANY)}


def test_an_open_page_says_that_newer_data_are_there(warehouse: Path) -> None:
    words = catalogue("zh")
    with browsing() as browser, serving(warehouse) as address:
        seen = Watched(browser.new_context().new_page())
        page = seen.open(f"{address}/")
        expect(page.get_by_text(f"余 {len(MANY)} 份报告")).to_be_visible()
        replace(warehouse, FEW)
        expect(page.get_by_text(words("empty.newer"))).to_be_visible(timeout=60_000)
        page.get_by_role("button", name=words("empty.show_newer")).click()
        expect(page.get_by_text(f"余 {len(FEW)} 份报告")).to_be_visible()
        expect(page.get_by_text(words("empty.newer"))).to_have_count(0)
    assert seen.faults == []


@pytest.mark.parametrize("damage", ["cut", "gone", "rubbish", "pointer"])
def test_a_damaged_new_file_leaves_the_open_data_and_is_reported_without_them(
    damage: str, warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(warehouse))
    assert len(questions.reports(Selection())) == len(MANY)
    replace(warehouse, FEW)
    _damage(warehouse, damage)
    assert len(questions.reports(Selection())) == len(MANY)
    fresh = made_up.warehouse(tmp_path / "fresh", MANY)
    _damage(fresh, damage)
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(fresh))
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    assert [note.value for note in app.error] == [catalogue("zh")("empty.damaged")]
    assert (routes._health().status_code, answer("reports.csv").status_code) == (503, 503)


def answer(name: str, query: str = "") -> Response:
    """What the server answers to `/data/<name>`."""
    table, extension = name.split(".")
    scope = {"type": "http", "method": "GET", "path": f"/data/{name}", "headers": [], "query_string": query.encode()}
    scope |= {"scheme": "http", "server": ("localhost", 80), "path_params": {"table": table, "extension": extension}}
    return routes._answer(Request(scope))


def _damage(folder: Path, how: str) -> None:
    path = current_file(folder)
    match how:
        case "cut":
            path.write_bytes(path.read_bytes()[:5000])
        case "gone":
            path.unlink()
        case "rubbish":
            path.write_bytes(b"rubbish" * 9999)
        case "pointer":
            (folder / POINTER).write_text("\0../../etc/passwd\n", encoding="utf-8")


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_pointer_that_is_none_leaves_the_open_data(
    content: bytes | None, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(warehouse))
    assert len(questions.reports(Selection())) == len(MANY)
    (warehouse / POINTER).unlink()
    if content is None:
        (warehouse / POINTER).mkdir()
    else:
        (warehouse / POINTER).write_bytes(content)
    assert len(questions.reports(Selection())) == len(MANY)
    assert routes._health().status_code == 200


def test_a_warehouse_of_another_version_is_told(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with duckdb.connect(str(current_file(warehouse))) as connection:
        views = connection.execute("select view_name from duckdb_views() where not internal").fetchall()
        for (view,) in views:
            connection.execute(f'drop view if exists "{view}"')
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(warehouse))
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    assert [note.value for note in app.error] == [catalogue("zh")("empty.version")]
    refused = answer("reports.csv")
    assert (refused.status_code, refused.headers["Cache-Control"]) == (503, "no-store")
    assert b"version" in refused.body


def test_a_block_that_breaks_while_it_is_served_is_told(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = current_file(warehouse)
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(warehouse))
    door.build()
    data = bytearray(path.read_bytes())
    with path.open("r+b") as file:
        file.seek(12_288)
        file.write(bytes(byte ^ 0x55 for byte in data[12_288:]))
    for page in ("overview", "reader"):
        app = opened(page)
        assert not app.exception
        assert [note.value for note in app.error] == [catalogue("zh")("empty.damaged")]
    assert answer("cells.csv").status_code == 503


def _upgrade(address: str, origin: str | None) -> int:
    """The status with which the server answers a browser that asks for a session."""
    lines = ["GET /_stcore/stream HTTP/1.1", f"Host: {address}", "Upgrade: websocket", "Connection: Upgrade"]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + base64.b64encode(b"0" * 16).decode()]
    lines += [f"Origin: {origin}"] * (origin is not None)
    host, port = address.split(":")
    with socket.create_connection((host, int(port)), timeout=60) as client:
        client.sendall("\r\n".join([*lines, "", ""]).encode())
        return int(client.recv(100).split()[1])


def test_a_page_of_another_site_gets_no_session_and_nobody_outside_is_asked(
    full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    monkeypatch.setattr(urllib.request, "_opener", plain)  # the first one made is kept, with the proxies of its time
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.settimeout(0.1)
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{outside.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
        with serving(full_warehouse) as url:
            address = url.removeprefix("http://")
            for origin in ("https://outside.invalid", "null", "http://[", f"http://{address}.outside.invalid"):
                assert _upgrade(address, origin) == 403
            assert _upgrade(address, url) == 101
            assert _upgrade(address, None) == 101
        with pytest.raises(TimeoutError):
            outside.accept()


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "ANYTHING"])
def test_nothing_that_is_sent_is_taken(method: str, address: str) -> None:
    for path in ("/_stcore/upload_file/session/file", "/data/reports.csv", "/", "/health"):
        request = urllib.request.Request(f"{address}{path}", b"x" * 100_000, method=method)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=60)
        assert refused.value.code == 405
        assert refused.value.headers["Cache-Control"] == "no-store"
        assert refused.value.headers["X-Content-Type-Options"] == "nosniff"


SECRETS = {
    "with sign-in": '[auth]\nredirect_uri = "http://127.0.0.1/oauth2callback"\ncookie_secret = "s"\nclient_id = "c"\n'
    'client_secret = "s"\nserver_metadata_url = "http://127.0.0.1:1/"\n',
    "with a slip": '[auth\nredirect_uri = "x"\n',
}


@pytest.mark.parametrize("secrets", SECRETS)
def test_with_sign_in_nothing_is_open(
    secrets: str, full_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(SECRETS[secrets], encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    with browsing() as browser, serving(full_warehouse) as url:
        for path in ("", "reports.csv", "cells.json", "metrics.parquet?year=2022"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                asked(f"{url}/data/{path}")
            assert (refused.value.code, refused.value.headers["Cache-Control"]) == (403, "no-store")
        assert json.loads(asked(f"{url}/health"))["status"] == "ok"
        page = browser.new_page()
        for name in ("", "reader?report=1", "download"):
            page.goto(f"{url}/{name}")
            expect(page.get_by_text(catalogue("zh")("signin.needed"))).to_be_visible(timeout=60_000)
            assert "示例" not in page.inner_text("body")


def test_nothing_is_written_beside_the_server_when_the_memory_does_not_suffice(
    full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    with door._DOOR.cursor(door.build()) as cursor:
        [(folder,)] = cursor.execute("select current_setting('temp_directory')").fetchall()
    assert folder == ""


STATEMENTS = (
    "insert into base.build select * from base.build",
    "create table base.mine (a integer)",
    "attach '/etc/passwd' as other",
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "copy (select 1) to '/tmp/nianbao-out.csv'",
    "install httpfs",
    "load httpfs",
    "select * from 'http://outside.invalid/x.parquet'",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "set memory_limit = '100GB'",
    "export database '/tmp/nianbao-out'",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_dashboard_s_connection_reads_and_does_nothing_else(
    statement: str, full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    questions.summary(Selection())
    with door._DOOR.cursor(door.build()) as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement).fetchall()
    assert not Path("/tmp/nianbao-out.csv").exists() and not Path("/tmp/nianbao-out").exists()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_addresses_for_programs_only_read(method: str) -> None:
    matched = [
        route.matches({"type": "http", "method": method, "path": "/data/reports.csv"}) for route in routes.ROUTES
    ]
    assert Match.FULL not in {match for match, _ in matched}


def test_long_questions_and_large_parquet_files_are_refused(
    full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    long = answer("reports.csv", "agency=" + "a" * routes.MOST_QUERY)
    assert long.status_code == 414 and long.headers["Cache-Control"] == "no-store"
    monkeypatch.setattr(routes, "MOST_PARQUET_ROWS", 10)
    large = answer("cells.parquet")
    assert large.status_code == 413 and b"csv" in large.body
    assert answer("cells.csv").status_code == 200
