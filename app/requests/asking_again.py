"""Asking again after a request brought no place, or one that ended too soon: a new one begins with the old answers."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.people import Person
from app.models.placements import Cause
from app.models.requests import PlacementRequest, RankedOpening, RequestSpecialty, RequestState
from app.models.studies import Opening
from app.platform.audit import record
from app.requests.queries import other_request_for
from app.requests.questions.whereabouts import Stage, Whereabouts, whereabouts_of
from app.rules.capacity import Held
from app.rules.eligibility import Obstacles

WITHOUT_PLACE = (Stage.UNPLACED, Stage.ANSWERED, Stage.ENDED, Stage.WITHDRAWN)


def ask_again(
    session: Session, actor: Person, request: PlacementRequest, today: date, now: datetime
) -> PlacementRequest:
    """A draft with the answers that still hold; the old one stays to be read. Raises Refused while it is alive."""
    known = whereabouts_of(session, [request], now)[request.id]
    if known.stage not in WITHOUT_PLACE or request.asked_again_at is not None:
        raise Refused("This request has not come to its end, so you cannot ask again yet. See how it stands.")
    if other_request_for(session, request, request.module_id) is not None:
        raise Refused("You have asked for this module again already. Go on with that request.")
    if request.state is not RequestState.WITHDRAWN:
        request.asked_again_at = now
        session.flush()
    new = draft_from(session, request, today, now, did_not_suit(known))
    session.add(new)
    record(session, actor, "asked again", new, now=now, after=request.id)
    return new


def did_not_suit(known: Whereabouts) -> int | None:
    """The id of the opening on which her placement ended because it did not suit."""
    return known.ended.opening_id if known.ended and known.ended.cause is Cause.DOES_NOT_SUIT else None


def draft_from(
    session: Session, request: PlacementRequest, today: date, now: datetime, without: int | None = None
) -> PlacementRequest:
    """A copy of the answers; dates that are over and openings that no longer fit are left out, and one more."""
    is_over = request.start_until is not None and request.start_until < today
    new = PlacementRequest(
        learner=request.learner,
        module=request.module,
        state=RequestState.DRAFT,
        interests=request.interests,
        networks=list(request.networks),
        start_from=None if is_over else request.start_from,
        start_until=None if is_over else request.start_until,
        nobody_excluded=request.nobody_excluded,
        takes_any_other=request.takes_any_other,
        created_at=now,
    )
    new.specialty_rows = [
        RequestSpecialty(specialty=row.specialty, position=row.position) for row in request.specialty_rows
    ]
    fitting = [one for one in openings_that_still_fit(session, request, today) if one.id != without]
    new.ranked = [RankedOpening(opening=opening, position=number) for number, opening in enumerate(fitting, 1)]
    return new


def openings_that_still_fit(session: Session, request: PlacementRequest, today: date) -> list[Opening]:
    """The openings on the old list that are still to be had, in its order."""
    openings = [row.opening for row in request.ranked]
    asked = Obstacles(today, Held.around(session, today, openings, [request.learner_id]))
    return [opening for opening in openings if not asked.of(request, opening)]
