"""The worker process beside a server: started with it, started again when it died, and ended with it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app.config import Settings

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
SECONDS_TO_FINISH = 20


class WorkerBeside:
    """A child process that does jobs with the settings of the server; it ends by itself when its parent is gone."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.owner = os.getpid()
        self.pause_seconds = FIRST_PAUSE_SECONDS
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "app.cli", "work", "--beside", str(self.owner)]
        self.process = subprocess.Popen(command, env={**os.environ, **self.settings.to_environ()})
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it again when it has died; one that dies at once again and again is given longer and longer pauses."""
        if self.process.poll() is None:
            return
        lived = time.monotonic() - self.started
        if lived > LONGEST_PAUSE_SECONDS:
            self.pause_seconds = FIRST_PAUSE_SECONDS
        if lived >= self.pause_seconds:
            self.pause_seconds = min(2 * self.pause_seconds, LONGEST_PAUSE_SECONDS)
            self.start()

    def end(self) -> None:
        """Let it finish what it does, for a while. A process forked from its owner leaves it alone."""
        if os.getpid() != self.owner:
            return
        self.process.terminate()
        try:
            self.process.wait(SECONDS_TO_FINISH)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def worker_beside(app: Flask) -> Iterator[WorkerBeside | None]:
    """A worker for as long as the server runs; none where jobs are done at once."""
    if app.extensions["rpe_queue"].is_at_once:
        yield None
        return
    worker = WorkerBeside(app.extensions["rpe_settings"])
    try:
        yield worker
    finally:
        worker.end()
