"""The server as it is shipped: slow clients stop nobody, and a worker that dies under it is there again."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from threading import Event, Thread
from typing import Any, TypeVar

import pytest
from flask_migrate import upgrade
from sqlalchemy import create_engine, select
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from app import create_app
from app.models.operations.jobs import Worker
from app.platform.db import db
from app.serving import whole_requests
from app.serving.whole_requests import Gatherer
from tests.conftest import settings_for

Found = TypeVar("Found")
SECONDS_TO_ANSWER = 120  # on a machine that is busy; without an answer by then the service stands still
SLOW_CLIENTS = 100
HALF_A_HEAD = b"GET /privacy HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
HALF_A_BODY = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nemail="


def until(found: Callable[[], Found], says: str) -> Found:
    """What is found, once there is something."""
    never = Event()
    for _ in range(SECONDS_TO_ANSWER * 10):
        if value := found():
            return value
        never.wait(0.1)
    raise AssertionError(says)


@pytest.fixture
def settings(tmp_path):
    chosen = settings_for(f"sqlite:///{tmp_path / 'rpe.sqlite3'}", jobs="worker")
    app = create_app(chosen)
    with app.app_context():
        upgrade()
        db.engine.dispose()
    return chosen


@pytest.fixture
def served(settings):
    """`rpe serve` in processes of its own; gives where it listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    environ = {**os.environ, **settings.to_environ(), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        assert "Serving on" in server.stdout.readline()
        yield "127.0.0.1", port
        server.terminate()
        server.wait(SECONDS_TO_ANSWER)


def status_of_page(address):
    with closing(HTTPConnection(address[0], address[1], timeout=SECONDS_TO_ANSWER)) as connection:
        connection.request("GET", "/privacy")
        return connection.getresponse().status


@pytest.mark.parametrize("half", [HALF_A_HEAD, HALF_A_BODY], ids=["head", "body"])
def test_a_hundred_clients_that_do_not_finish_their_request_stop_nobody(served, half):
    with ExitStack() as slow:
        for _ in range(SLOW_CLIENTS):
            slow.enter_context(socket.create_connection(served)).sendall(half)
        assert [status_of_page(served) for _ in range(3)] == [200, 200, 200]


def test_a_worker_that_dies_under_the_server_is_there_again(served, settings):
    engine = create_engine(settings.database_url)

    def workers():
        with engine.connect() as connection:
            names = connection.scalars(select(Worker.name)).all()
        return {int(name.rpartition(" ")[2]) for name in names}

    [first] = until(workers, "no worker signed on")
    os.kill(first, signal.SIGKILL)
    [second] = until(lambda: workers() - {first}, "no other worker signed on")
    assert status_of_page(served) == 200
    os.kill(second, 0)
    engine.dispose()


@pytest.fixture
def gathered():
    """with gathered(): a bare application behind the part that gathers requests; gives where it listens."""

    @contextmanager
    def serve():
        seen: dict[int, Any] = {}
        ended, threads = Event(), ThreadedTaskDispatcher()
        threads.set_thread_count(1)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            address = listener.getsockname()
            about = (listener.family, listener.type, listener.proto, address)
            Gatherer(bare, seen, _sock=listener, dispatcher=threads, adj=ADJUSTED, sockinfo=about, bind_socket=False)
            loop = Thread(target=lambda: turn_until(ended, seen))
            loop.start()
            yield address
            ended.set()
            loop.join()
            threads.shutdown()
            wasyncore.close_all(seen)

    return serve


ADJUSTED = Adjustments(cleanup_interval=0, channel_timeout=SECONDS_TO_ANSWER)


def turn_until(ended, seen):
    while not ended.is_set():
        wasyncore.loop(timeout=0.05, use_poll=True, map=seen, count=1)


def bare(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read() or b"nothing"]


@pytest.mark.parametrize(
    ("limit", "half"), [("HEAD_SECONDS", HALF_A_HEAD), ("WHOLE_SECONDS", HALF_A_BODY)], ids=["head", "whole"]
)
def test_a_request_that_takes_too_long_is_cut_off(gathered, monkeypatch, limit, half):
    monkeypatch.setattr(whole_requests, limit, 0)
    with gathered() as address, socket.create_connection(address, timeout=SECONDS_TO_ANSWER) as client:
        client.sendall(half)
        assert client.recv(1) == b""


def test_a_request_in_pieces_arrives_whole_within_its_time(gathered):
    with gathered() as address, socket.create_connection(address, timeout=SECONDS_TO_ANSWER) as client:
        for piece in (b"POST / HTTP/1.1\r\nHo", b"st: localhost\r\nContent-Length: 6\r\n\r\nhal", b"ves"):
            client.sendall(piece)
        answer = client.recv(4096)
        while b"halves" not in answer:
            answer += client.recv(4096)
        assert answer.startswith(b"HTTP/1.1 200 OK")
