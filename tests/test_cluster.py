"""A load over a real Dask scheduler and two workers: the same warehouse as a local load, also with one killed."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from etl.load.executors import cluster, local
from etl.load.load import Options, load
from etl.sample.write import SampleOptions, write_sample
from etl.warehouse import store

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="needs the extra: pip install nianbao[cluster]"
)


def dask(program: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{program}", *words, "--no-dashboard"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def engine(scratch: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Address of a scheduler on loopback, and its two worker processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    scheduler = dask("dask_scheduler", "--host", address)
    one = ("--nthreads", "1", "--no-nanny", "--local-directory", str(scratch))
    workers = [dask("dask_worker", address, *one) for _ in range(2)]
    try:
        _wait_for_workers(address)
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.terminate()
            process.wait(30)


def _wait_for_workers(address: str) -> None:
    from distributed import Client  # noqa: PLC0415 - an optional extra

    for _ in range(60):
        try:
            with Client(address, timeout=2) as client:
                client.wait_for_workers(2, timeout=30)
                return
        except (OSError, TimeoutError):
            time.sleep(0.5)
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cluster")
    write_sample(folder, SampleOptions(60, (2021, 2023)))
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture(scope="module")
def wanted(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    built = load([reports], Options(tmp_path_factory.mktemp("local"), local(1))).build
    assert built is not None
    return store.content_hash(built)


def test_a_cluster_gives_what_this_machine_gives(reports: Path, wanted: str, tmp_path: Path) -> None:
    with engine(tmp_path) as (address, _):
        loaded = load([reports], Options(tmp_path / "w", cluster(address)))
    assert loaded.counts()["loaded"] == 180 and loaded.counts()["rejected"] == 1
    assert loaded.build is not None and store.content_hash(loaded.build) == wanted


def test_a_killed_worker_costs_no_report(reports: Path, wanted: str, tmp_path: Path) -> None:
    killed = threading.Event()
    with engine(tmp_path) as (address, workers):

        def kill_one(done: int, _files: int) -> None:
            if done and not killed.is_set():
                workers[0].kill()
                killed.set()

        loaded = load([reports], Options(tmp_path / "w", cluster(address), kill_one))
    assert killed.is_set()
    assert loaded.build is not None and store.content_hash(loaded.build) == wanted
