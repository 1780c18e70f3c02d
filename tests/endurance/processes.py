"""Workers and web servers as processes that can be killed: forked from one that has imported everything."""

import multiprocessing
import os
import signal
import socket
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from app import FEATURES, create_app
from app.config import Settings
from app.platform import jobs, leases, outbox, worker
from app.serving.server import Server

FORKS = multiprocessing.get_context("forkserver")
# What an app imports: a process that had to import it for itself would do little else before it is killed.
JOINED = [f"app.{name}.views" for name in FEATURES]
APART = ["app.web.delivery.assets", "app.web.delivery.compression", "app.web.edge.logs", "app.web.looking"]
FORKS.set_forkserver_preload(["tests.endurance.processes", "flask_migrate", "htmx_flask", *JOINED, *APART])
LEASE = timedelta(seconds=2)  # instead of half a minute: what is tried is the same, and 200 kills take minutes


def hurry() -> None:
    """Shorten what a killed process keeps others waiting for."""
    for module in (leases, outbox):
        vars(module)["LEASE"] = LEASE
    leases.FIRST_PAUSE = timedelta(0)
    for module in (jobs, worker):
        vars(module)["SECONDS_BETWEEN_BEATS"] = 0.4
    worker.SECONDS_BETWEEN_LOOKS = 0.05


def work(settings: Settings) -> None:
    hurry()
    worker.WorkerProcess(create_app(settings)).run()


def work_until(settings: Settings, place: str) -> None:
    """Work, and die at once where the function at `place` (module:name) would be called."""
    module, _, name = place.partition(":")
    vars(import_module(module))[name] = lambda *given, **named: os.kill(os.getpid(), signal.SIGKILL)
    work(settings)


def serve(settings: Settings, port: int) -> None:
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    Server(app, f"127.0.0.1:{port}").run()


def begin(target: Any, *given: Any) -> BaseProcess:
    process = FORKS.Process(target=target, args=given)
    process.start()
    return process


def kill(process: BaseProcess) -> None:
    """As when the power goes: the process and its children at once."""
    assert process.pid
    children = children_of(process.pid)
    for pid in (process.pid, *children):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.join()


def children_of(pid: int) -> list[int]:
    with suppress(FileNotFoundError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
