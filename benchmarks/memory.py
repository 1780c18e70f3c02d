"""How much memory a process and those it started hold at most, looked at ten times a second."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

PROCESSES = Path("/proc")
SECONDS_BETWEEN_LOOKS = 0.1


def megabytes_of(running: subprocess.Popen[str], seconds: float) -> int | None:
    """Wait until the process has ended and return the most it held at a look; None when it takes longer than `seconds`.

    0 where there is no /proc. What the process prints must fit into a pipe.
    """
    end, most = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        most = max(most, _kilobytes(running.pid))
        try:
            running.wait(SECONDS_BETWEEN_LOOKS)
        except subprocess.TimeoutExpired:
            continue
        return most // 1024
    return None


def _kilobytes(process: int) -> int:
    """What the process and its descendants hold; those that end meanwhile count nothing."""
    try:
        told = (PROCESSES / str(process) / "status").read_text()
        started = (PROCESSES / str(process) / "task" / str(process) / "children").read_text().split()
    except OSError:
        return 0
    own = [int(line.split()[1]) for line in told.splitlines() if line.startswith("VmRSS:")]
    return sum(own) + sum(_kilobytes(int(child)) for child in started)
