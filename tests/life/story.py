"""Whether the audit trail tells what became of each record: nothing changes without a line that says who did what."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.course.better_places import BetterPlace
from app.models.course.changes_asked import ChangeAsked
from app.models.course.next_places import NextPlace
from app.models.course.swaps import Swap, SwapCode
from app.models.operations.audit import AuditLine
from app.models.operations.state_changes import StateChange
from app.models.pairs.conflicts import Conflict
from app.models.placements import Offer, Pause, Placement
from app.models.publications import Publication
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound, RoundTurn
from app.models.runs import Pin, Proposal
from app.models.studies import Opening, Study

Subject = tuple[str, int]
Kept = dict[Subject, tuple[Any, ...]]

# What is watched of each kind of record: whatever somebody could lose, gain or wonder about.
WATCHED: dict[type[Any], tuple[str, ...]] = {
    PlacementRequest: ("state", "round_id", "stopped_waiting_at", "asked_again_at"),
    MatchRound: ("closes_at", "published_at"),
    RoundTurn: ("published_at", "ended_at"),
    Publication: ("taken_back_at",),
    Pin: ("lifted_at",),
    Conflict: ("excepted_at",),
    Offer: ("state", "answer_by", "opening_id"),
    Placement: ("state", "outcome", "cause", "opening_id", "mentor_id", "starts_on", "ends_on"),
    NextPlace: ("state", "answer_by"),
    BetterPlace: ("state", "answer_by", "from_opening_id"),
    ChangeAsked: ("state", "answer"),
    Pause: ("starts_on", "resumes_on"),
    Swap: ("state", "answer"),
    SwapCode: ("ended_at",),
    Opening: ("state", "places", "starts_on", "ends_on"),
    Study: ("learner_limit",),
}
# Records whose moves are kept as such, and the state in which each begins.
MOVED: dict[type[Any], str] = {
    Offer: "waiting for an answer",
    Placement: "active",
    NextPlace: "waiting for an answer",
    BetterPlace: "waiting for an answer",
    ChangeAsked: "waiting for an answer",
    Swap: "waiting for the other learner",
}


def kept(session: Session) -> Kept:
    """What is watched, as it stands."""
    return {
        (model.__name__, row.id): tuple(getattr(row, name) for name in names)
        for model, names in WATCHED.items()
        for row in session.execute(select(model.id, *(getattr(model, name) for name in names)))
    }


def untold(session: Session, before: Kept, after: Kept, lines: set[Subject]) -> Iterator[str]:
    """The changes of which none of these lines says anything."""
    for subject in sorted(before.keys() | after.keys()):
        was, now = before.get(subject), after.get(subject)
        if was != now and lines.isdisjoint(told_with(session, subject)):
            yield f"nobody says why {subject} went from {was} to {now}"


def told_with(session: Session, subject: Subject) -> set[Subject]:
    """The records of which a line may tell the change: its own, or what it was moved together with."""
    kind, id_ = subject
    found = {subject}
    if kind == "Offer":
        offer = session.get_one(Offer, id_)
        found.add(("Run", session.get_one(Proposal, offer.proposal_id).run_id))
    if kind == "PlacementRequest":  # who declines or does not answer no longer waits
        found |= {("Offer", one) for one in session.scalars(select(Offer.id).where(Offer.request_id == id_))}
        after = select(PlacementRequest.id).where(
            PlacementRequest.learner_id == session.get_one(PlacementRequest, id_).learner_id
        )
        found |= {("PlacementRequest", one) for one in session.scalars(after)}
    if kind in ("MatchRound", "RoundTurn", "Publication"):  # published, or taken back
        for one in session.scalars(select(Publication)):
            found |= {("Run", one.run_id), ("Publication", one.id)}
    if kind == "Pause":
        found |= {("Placement", session.get_one(Pause, id_).placement_id)}
    if kind == "SwapCode":  # ended by a newer one, or with the place that it was for
        offer_id = session.get_one(SwapCode, id_).offer_id
        others = session.scalars(select(SwapCode.id).where(SwapCode.offer_id == offer_id))
        found |= {("Offer", offer_id), *(("SwapCode", other) for other in others)}
    return found


def lines_since(session: Session, number: int) -> tuple[int, set[Subject]]:
    """What the lines after one are about, and the number of the last."""
    columns = (AuditLine.id, AuditLine.subject_type, AuditLine.subject_id)
    rows = session.execute(select(*columns).where(AuditLine.id > number).order_by(AuditLine.id)).all()
    return max([number, *(id_ for id_, _, _ in rows)]), {(kind, id_) for _, kind, id_ in rows if id_}


def broken_stories(session: Session) -> Iterator[str]:
    """The records whose moves do not lead, one after another, from their beginning to where they stand."""
    moves: dict[Subject, list[StateChange]] = defaultdict(list)
    for change in session.scalars(select(StateChange).order_by(StateChange.id)):
        moves[change.subject_type, change.subject_id].append(change)
    said = set(session.execute(select(AuditLine.subject_type, AuditLine.subject_id, AuditLine.deed)).all())
    for model, beginning in MOVED.items():
        for row in session.scalars(select(model)):
            state, subject = beginning, (model.__name__, row.id)
            for change in moves[subject]:
                if change.state_before != state or (*subject, change.deed) not in said:
                    yield f"{subject} cannot have {change.deed} in the state “{state}”"
                state = change.state_after
            if state != row.state.value:
                yield f"{subject} is “{row.state.value}”, and its story ends with “{state}”"
