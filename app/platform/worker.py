"""The worker process: a thread for each lane and one for what is done again and again, and a beat while it lives."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.config import Misconfigured
from app.models.operations.jobs import Job, JobOutcome, Lane, Worker
from app.platform import leases
from app.platform.clock import now
from app.platform.db import renew_statistics, write_patiently
from app.platform.jobs import REGULAR, SECONDS_BETWEEN_BEATS, Queue
from app.platform.leases import Held

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_AFTER_A_FAULT = 5.0
SECONDS_BETWEEN_STATISTICS = 3600.0
SECONDS_TO_FINISH = 10.0  # what is at work when the worker is told to end; then somebody else begins it again
KEPT_WHEN_DONE = timedelta(days=7)
FORGOTTEN_AFTER = timedelta(days=1)  # a worker that has said nothing


Outcome = TypeVar("Outcome")


class WorkerProcess:
    """This process as a worker of one app; `parent` is the process with which it ends."""

    def __init__(self, app: Flask, parent: int | None = None) -> None:
        self.app, self.parent = app, parent
        self.queue: Queue = app.extensions["rpe_queue"]
        if self.queue.is_at_once:
            raise Misconfigured("With RPE_JOBS=at-once there is nothing for a worker to do: set it to worker.")
        self.ending = threading.Event()
        self.holding: dict[Lane, Held] = {}
        self.next_times: dict[Callable[[], None], float] = {}

    def run(self) -> None:
        """Work until told to end, by a signal or the end of the parent."""
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *given: self.ending.set())
        self.worker_id = self.write(self.sign_on)
        threads = [
            *(self.begin(lane.value, self.look_for(lane)) for lane in Lane),
            self.begin("regular", self.do_regular),
        ]
        while not self.ending.wait(SECONDS_BETWEEN_BEATS) and self.has_parent():
            self.patiently(self.beat)
        self.end(threads)

    def begin(self, name: str, deed: Callable[[], bool]) -> threading.Thread:
        thread = threading.Thread(target=self.go_on_with, args=(deed,), name=name, daemon=True)
        thread.start()
        return thread

    def go_on_with(self, deed: Callable[[], bool]) -> None:
        """Do it again and again, after a pause where there was nothing to do."""
        while not self.ending.is_set():
            if not self.patiently(deed):
                self.ending.wait(SECONDS_BETWEEN_LOOKS)

    def patiently(self, deed: Callable[[], bool]) -> bool:
        """A fault, such as a database that is away, is noted, and ends nothing."""
        try:
            return deed()
        except Exception:
            self.app.logger.exception("The worker could not go on; it tries again")
            self.ending.wait(SECONDS_AFTER_A_FAULT)
            return False

    def look_for(self, lane: Lane) -> Callable[[], bool]:
        def note(held: Held | None) -> None:
            if held is None:
                self.holding.pop(lane, None)
            else:
                self.holding[lane] = held

        return lambda: self.queue.do_next(Job.lane == lane, self.worker_id, note=note)

    def do_regular(self) -> bool:
        self.queue.give_up_abandoned()
        for deed, pause in {**REGULAR, renew_statistics: SECONDS_BETWEEN_STATISTICS}.items():
            if time.monotonic() >= self.next_times.get(deed, 0):
                self.next_times[deed] = time.monotonic() + pause
                self.patiently(partial(self.do_once, deed))
        return False

    def do_once(self, deed: Callable[[], None]) -> bool:
        """One regular job; a fault in it keeps no other from being done."""
        with self.app.app_context():
            deed()
        return True

    def sign_on(self, session: Session) -> int:
        """A row for this process; those of workers that are long gone go, as do jobs that were done a while ago."""
        moment = now()
        session.execute(delete(Worker).where(Worker.beat_at < moment - FORGOTTEN_AFTER))
        session.execute(delete(Job).where(Job.outcome == JobOutcome.DONE, Job.ended_at < moment - KEPT_WHEN_DONE))
        worker = Worker(name=f"{socket.gethostname()}, process {os.getpid()}", started_at=moment, beat_at=moment)
        session.add(worker)
        session.flush()
        return worker.id

    def beat(self) -> bool:
        self.write(
            lambda session: session.execute(update(Worker).where(Worker.id == self.worker_id).values(beat_at=now()))
        )
        return True

    def has_parent(self) -> bool:
        return self.parent is None or os.getppid() == self.parent

    def end(self, threads: list[threading.Thread]) -> None:
        """Finish what is nearly done, give the rest back, and sign off."""
        self.ending.set()
        until = time.monotonic() + SECONDS_TO_FINISH
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        self.write(self.sign_off)

    def sign_off(self, session: Session) -> None:
        for held in list(self.holding.values()):
            leases.give_back(session, held, now())
        session.execute(delete(Worker).where(Worker.id == self.worker_id))

    def write(self, deed: Callable[[Session], Outcome]) -> Outcome:
        with self.app.app_context():
            return write_patiently(deed)
