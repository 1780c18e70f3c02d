"""Worker processes that solve components side by side.

They are plain children that read what to do and write what came of it. `ProcessPoolExecutor` would either fork, which
is not safe beside running threads, or import the caller's main module once more in every worker, which runs a script
again that did not expect it.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from queue import LifoQueue
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

# Threads share one interpreter, so that more than two of them wait for each other; a process is ready after about a
# second of a processor, and has to be sent its work.
PAIRS_WORTH_THREADS, PAIRS_WORTH_PROCESSES = 200_000, 300_000
MOST_THREADS = 2


def executor_that_pays(pairs: list[int], most: int | None) -> Executor | None:
    """What to solve components with so many pairs in, with at most `most` workers; None where no second one would pay.

    `most` is None for as many as there are processors, and then only where they save a good part of the work: with one
    large component among small ones there is nothing to share out.
    """
    workers = min(_processors() if most is None else most, len(pairs))
    saved = sum(pairs) - max(*pairs, sum(pairs) // workers) if workers > 1 else 0
    if workers < 2 or (most is None and saved < PAIRS_WORTH_THREADS):
        return None
    if workers > MOST_THREADS and saved >= PAIRS_WORTH_PROCESSES and sys.executable:
        return Processes(workers)
    return ThreadPoolExecutor(workers)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes(Executor):
    """An executor of `workers` processes, each started when it is first needed."""

    def __init__(self, workers: int) -> None:
        self._max_workers = workers
        self._threads = ThreadPoolExecutor(workers)
        self._idle: LifoQueue[_Worker | None] = LifoQueue()
        for _ in range(workers):
            self._idle.put(None)

    def submit(self, deed: Callable[P, R], /, *arguments: P.args, **named: P.kwargs) -> Future[R]:
        """As `Executor.submit`; what is given and what comes of it are pickled.

        Raises `RuntimeError` after `shutdown`. The future raises what the deed did, or `BrokenExecutor` when its
        process ended.
        """
        return self._threads.submit(self._do, deed, arguments, named)

    def _do(self, deed: Callable[..., R], arguments: tuple[Any, ...], named: dict[str, Any]) -> R:
        worker = self._idle.get() or _Worker()
        try:
            done, answer = worker.do(deed, arguments, named)
        finally:
            self._idle.put(worker)
        if done:
            return answer
        raise answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what was begun and end the workers."""
        self._threads.shutdown(True, cancel_futures=cancel_futures)
        while not self._idle.empty():
            worker = self._idle.get()
            if worker is not None:
                worker.end()


class _Worker:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from matching.lexicographic.worker_processes import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def do(self, deed: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> tuple[bool, Any]:
        """Whether it went well, and its result or the exception. Raises `BrokenExecutor` when the process ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            pickle.dump((deed, arguments, named), self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
            answer: tuple[bool, Any] = pickle.load(self._process.stdout)  # noqa: S301  # from our own child
        except (EOFError, OSError) as lost:
            raise BrokenExecutor("A worker process ended before its work was done. Try again with jobs=1.") from lost
        return answer

    def end(self) -> None:
        """Close its input, upon which it ends, and wait for that."""
        self._process.communicate()


def main() -> None:
    """Do what comes in until nothing more will; what the work prints must not get between the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        while True:
            try:
                deed, arguments, named = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the process that began us
            except EOFError:
                return
            try:
                answer = (True, deed(*arguments, **named))
            except Exception as error:
                answer = (False, error)
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
