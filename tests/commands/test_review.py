"""`scrapy review` as it is started: on this machine alone, and in words where it cannot be."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.running import scrapy
from tools.docs.places import ROOT


def test_what_is_missing_is_named_with_the_remedy(tmp_path: Path) -> None:
    program = "import sys; sys.modules['flask'] = None; from scrapy.cmdline import execute; execute()"
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", program, "review"], cwd=tmp_path, env=environment, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (2, 'scrapy review needs flask: pip install "publication-crawler[review]"\n')


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A desk that is running: its port and its process."""
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings"}
    command = [sys.executable, "-m", "scrapy", "review", "--port", "0", *arguments]
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            address = next(line for line in process.stderr if line.startswith("http://"))
            found = re.match(r"http://127\.0\.0\.1:(\d+)/", address)
            assert found
            yield int(found[1]), process
        finally:
            process.kill()


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    pytest.importorskip("flask", reason="Flask is not installed: pip install 'publication-crawler[review]'")
    pytest.importorskip("waitress", reason="waitress is not installed: pip install 'publication-crawler[review]'")
    from tests.review.newsdesk import usual  # noqa: PLC0415 - needs Flask

    return usual(tmp_path / "desk").folder


def test_the_desk_answers_and_ends_with_ctrl_c(newsroom: Path) -> None:
    with started(newsroom, "--archive", "archive") as (port, process):
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.status, b"16 articles" in answer.read()) == (200, True)
        assert answer.getheader("Server") is None
        connection.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    assert (newsroom / "output" / ".review.sqlite").exists()


def test_it_listens_on_loopback_alone(newsroom: Path) -> None:
    with started(newsroom) as (port, process):
        tables = "".join(Path(f"/proc/{process.pid}/net/{name}").read_text() for name in ("tcp", "tcp6"))
        listening = [line.split()[1] for line in tables.splitlines() if line.split()[3] == "0A"]
        assert [address for address in listening if address.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


def test_a_rebound_name_is_refused_over_the_wire(newsroom: Path) -> None:
    with started(newsroom) as (port, _):
        for host in ("Host: evil.example\r\n", ""):
            with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                connection.sendall(f"GET / HTTP/1.0\r\n{host}\r\n".encode())
                answer = connection.makefile("rb").read()
            assert answer.split(b"\r\n")[0].endswith(b"400 BAD REQUEST")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--input", "nothing"], 2, "no *.jsonl there"),
        (["--archive", "nothing"], 2, "no such file or folder"),
        (["--index", "output"], 7, "name another file with --index"),
        (["--port", "99999"], 2, "--port"),
        (["articles"], 2, "options only"),
    ],
)
def test_what_cannot_be_meant_is_told_with_the_remedy(
    newsroom: Path, arguments: list[str], code: int, said: str
) -> None:
    run = scrapy("review", *arguments, cwd=newsroom)
    assert run.returncode == code
    assert said in run.stdout + run.stderr


def test_a_port_in_use_is_told_with_the_remedy(newsroom: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        run = scrapy("review", "--port", str(other.getsockname()[1]), cwd=newsroom)
    assert run.returncode == 2
    assert "give another one with --port" in run.stderr
