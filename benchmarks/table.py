"""Turns what was measured into the table that the README shows."""

from __future__ import annotations

import datetime
import os
import platform
import statistics
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from app.language.dates_and_times import day_of
from benchmarks.works import Work

MARKS = ("<!-- written by make bench -->", "<!-- end of what make bench writes -->")
COLUMNS = ("work", "solver", "seconds", "processor seconds", "times slower", "result", "memory")
OURS = ("highspy", "numpy", "scipy")
Found = dict[str, dict[int, list[dict[str, Any]]]]


def head(peer_versions: dict[str, str]) -> Iterator[str]:
    """Where, when and with what, then the head of the table."""
    today = day_of(datetime.datetime.now(datetime.UTC))
    yield f"Measured on {today:%d %B %Y} on {os.cpu_count()} cores, {platform.system()}, {_listed(OURS)}."
    if peer_versions:
        yield "Peers: " + ", ".join(f"{name} {number}" for name, number in peer_versions.items()) + "."
    yield ""
    yield "| " + " | ".join(COLUMNS) + " |"
    yield "|" + "---|" * len(COLUMNS)


def _listed(packages: tuple[str, ...]) -> str:
    return ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in packages)])


def rows(work: Work, found: Found) -> list[str]:
    """A row for each solver: the median over the seeds, and the most where there are several."""
    return [_row(work, solver, found) for solver in (work.ours, *work.rivals) if solver in found]


def _row(work: Work, solver: str, found: Found) -> str:
    cells = [
        work.title if solver == work.ours else "",
        solver,
        _seconds(found[solver], work, "seconds"),
        _seconds(found[solver], work, "processors"),
        "" if solver == work.ours else _times_slower(work, solver, found),
        _result(solver, found),
        _most_memory(found[solver]),
    ]
    return "| " + " | ".join(cells) + " |"


def _seconds(of_solver: dict[int, list[dict[str, Any]]], work: Work, unit: str) -> str:
    medians = [_median(measured, work, unit) for measured in of_solver.values()]
    middle = _number(statistics.median(medians), over=work.seconds)
    return middle if len(medians) == 1 else f"{middle} (at most {_number(max(medians), over=work.seconds)})"


def _median(measured: list[dict[str, Any]], work: Work, unit: str) -> float:
    """Infinite where the solver did not come to its end."""
    return statistics.median(one[unit] if one["status"] in ("optimal", "stable") else float("inf") for one in measured)


def _number(seconds: float, over: float) -> str:
    if seconds == float("inf"):
        return f"over {over:,.0f}"
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:,.1f}"


def _times_slower(work: Work, solver: str, found: Found) -> str:
    """The median over the seeds that both were given of how many times longer the rival took."""
    ratios = []
    for seed, measured in found[solver].items():
        own, other = (_median(one, work, "seconds") for one in (found[work.ours][seed], measured))
        ratios.append((other if other < float("inf") else work.seconds) / own)
    ended = all(_median(measured, work, "seconds") < float("inf") for measured in found[solver].values())
    ratio = statistics.median(ratios)
    return ("" if ended else "over ") + (f"{ratio:.1f}" if ratio < 10 else f"{ratio:,.0f}")


def _result(solver: str, found: Found) -> str:
    """How many of the instances were proved, and for the others how far below the optimum the result was."""
    first = {seed: measured[0] for seed, measured in found[solver].items()}
    proved = sum(one["status"] == "optimal" for one in first.values())
    told = [f"{proved} of {len(first)} proved" if len(first) > 1 else "proved"] if proved else []
    for kind in sorted({one["status"] for one in first.values()} - {"optimal"}):
        shares = [_share_below(one, best_proved(found, seed)) for seed, one in first.items() if one["status"] == kind]
        known = [share for share in shares if share is not None]
        kind = "not proved" if kind == "stopped" else kind
        told.append(kind + (f", {_range(known)} below the optimum" if known else ", nothing found"))
    return "; ".join(told)


def _share_below(one: dict[str, Any], best: int | None) -> float | None:
    return None if one["value"] is None or best is None else (best - one["value"]) / best


def _range(shares: list[float]) -> str:
    least, most = f"{min(shares):.2%}", f"{max(shares):.2%}"
    return least if least == most else f"{least} to {most}"


def best_proved(found: Found, seed: int) -> int | None:
    """The optimum of an instance, by whoever proved one."""
    values = [
        one["value"] for of_solver in found.values() for one in of_solver.get(seed, ()) if one["status"] == "optimal"
    ]
    return max((value for value in values if value is not None), default=None)


def _most_memory(of_solver: dict[int, list[dict[str, Any]]]) -> str:
    most = max((one.get("megabytes") or 0 for measured in of_solver.values() for one in measured), default=0)
    return f"{most:,} MB" if most else ""


def complaints(work: Work, found: Found) -> Iterator[str]:
    """What may not be: proved values that differ, this engine without a proof."""
    for seed in work.seeds:
        proved = {
            (solver, one["value"])
            for solver, of_solver in found.items()
            for one in of_solver.get(seed, ())
            if one["status"] == "optimal" and one["value"] is not None
        }
        if len({value for _, value in proved}) > 1:
            yield f"{work.title}, seed {seed}: proved values differ: {sorted(proved)}"
        if any(one["status"] != "optimal" for one in found[work.ours][seed]):
            yield f"{work.title}, seed {seed}: {work.ours} did not prove its result"


def put_between_marks(path: Path, lines: list[str]) -> None:
    """Replace what stands between the marks in a file."""
    before, _, rest = path.read_text(encoding="utf-8").partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    path.write_text("\n".join([before + MARKS[0], "", *lines, "", MARKS[1] + after]), encoding="utf-8")
