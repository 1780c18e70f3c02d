"""Rows of what placements need before they start, and what covers it; a few lack something."""

from datetime import date

from app.models.course.readiness import Cover, CoverState, Need, NeedKind, NeedState
from app.models.values.access_papers import Employment, Paper
from benchmarks.full.people import Row, Rows
from benchmarks.full.sizes import NOW, TODAY, Size, days

KINDS = list(NeedKind)
LACKS_EVERY, RUNS_OUT_EVERY, WAITS_EVERY = 200, 300, 150


def need_id(placement: int, kind: NeedKind) -> int:
    return (placement - 1) * len(KINDS) + KINDS.index(kind) + 1


def needs(size: Size) -> Rows:
    """All four for each placement."""
    for n in range(1, size.placements + 1):
        for kind in KINDS:
            row = {"id": need_id(n, kind), "placement_id": n, "kind": kind, "state": NeedState.NEEDED}
            employment = Employment.NHS if kind is NeedKind.ACCESS else None
            yield {**row, "due_on": TODAY - days(70), "employment": employment}


def covers(size: Size) -> Rows:
    """One for each need but the few that are lacking: some wait to be checked, some training ends too early.

    The paper of the learner who walks waits to be checked, and her training runs out.
    """
    for n in range(1, size.placements + 1):
        yield cover(n, NeedKind.ACCESS, None, CoverState.TO_CHECK if n % WAITS_EVERY == 1 else CoverState.GOOD)
        yield cover(n, NeedKind.RELEASE)
        yield cover(n, NeedKind.GCP, TODAY + days(20) if n % RUNS_OUT_EVERY == 1 else TODAY + days(700))
        if n % LACKS_EVERY:
            yield cover(n, NeedKind.DELEGATION)


def cover(placement: int, kind: NeedKind, until: date | None = None, state: CoverState = CoverState.GOOD) -> Row:
    paper = Paper.LETTER_BY_PROFORMA if kind is NeedKind.ACCESS else None
    row = {"id": need_id(placement, kind), "need_id": need_id(placement, kind), "is_exception": False, "paper": paper}
    dates = {"from_on": TODAY - days(80), "until_on": until, "entered_at": NOW - days(75)}
    return {**row, **dates, "reference": "Kept by the office.", "state": state}


TABLES = ((Need, needs), (Cover, covers))
