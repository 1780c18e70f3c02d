"""Deeds on a learner's ranked list of openings, and whether she takes any other."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.people import Person
from app.models.requests import PlacementRequest, RankedOpening, RequestState
from app.models.studies import Opening
from app.phrasebook.obstacles import all_to_learner
from app.requests.changed_parts import note_change
from app.requests.my_list.ranking import with_added, with_moved, without
from app.rules.capacity import Held
from app.rules.eligibility import obstacles
from app.rules.fit import all_of_an_opening


def opening_with_id(session: Session, opening_id: int) -> Opening | None:
    """An opening with all that says whether it fits."""
    return session.scalar(select(Opening).where(Opening.id == opening_id).options(*all_of_an_opening()))


def listed(request: PlacementRequest) -> tuple[Opening, ...]:
    """The openings on the list, first choice first."""
    return tuple(row.opening for row in request.ranked)


def add_to_list(
    session: Session, actor: Person, request: PlacementRequest, opening: Opening, today: date, now: datetime
) -> None:
    """Put an opening at the end of the list; raises Refused when it does not fit or the list is full."""
    request.require_changeable(now)
    in_the_way = obstacles(request, opening, today, Held.around(session, today, [opening], [request.learner_id]))
    if in_the_way:
        raise Refused(f"You cannot add this opening: {all_to_learner(in_the_way)}.")
    _write(request, with_added(listed(request), opening))
    note_change(session, actor, request, "list", today, now, added=opening.id)


def remove_from_list(
    session: Session, actor: Person, request: PlacementRequest, opening: Opening, today: date, now: datetime
) -> None:
    """Take an opening off the list; raises Refused when a sent request would be left with nothing that it takes."""
    request.require_changeable(now)
    left = without(listed(request), opening)
    if request.state is RequestState.SUBMITTED and not left and not request.takes_any_other:
        raise Refused(
            "Your request is sent and takes only what is on your list, so one opening must stay on it. "
            "Add another first, or say that you would take any other opening that fits."
        )
    _write(request, left)
    note_change(session, actor, request, "list", today, now, removed=opening.id)


def move_on_list(
    session: Session,
    actor: Person,
    request: PlacementRequest,
    opening: Opening,
    position: int | None,
    today: date,
    now: datetime,
) -> None:
    """Give an opening another number on the list; raises Refused when there is no such number."""
    request.require_changeable(now)
    _write(request, with_moved(listed(request), opening, position))
    note_change(session, actor, request, "list", today, now, moved=opening.id, to=position)


def choose_any_other(
    session: Session, actor: Person, request: PlacementRequest, takes_any_other: bool, today: date, now: datetime
) -> None:
    """Say whether an opening that is not on the list is welcome too (rule R3)."""
    request.require_changeable(now)
    if not takes_any_other and not request.ranked:
        raise Refused(
            "Your list is empty, so choose yes, or go back and add an opening to your list.", "takes_any_other"
        )
    request.takes_any_other = takes_any_other
    note_change(session, actor, request, "any other opening", today, now)


def _write(request: PlacementRequest, openings: tuple[Opening, ...]) -> None:
    rows = {row.opening: row for row in request.ranked}
    request.ranked = [rows.get(opening) or RankedOpening(opening=opening) for opening in openings]
    for position, row in enumerate(request.ranked, 1):
        row.position = position
