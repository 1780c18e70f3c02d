"""Whether a nominated pair can begin: what every round asks of a pair, asked of a nomination and its opening."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.language.refusal import Refused
from app.models.pairs.conflicts import Conflict
from app.models.pairs.nominations import Nomination
from app.models.people import Role
from app.models.requests import ExcludedMentor
from app.models.studies import Opening
from app.phrasebook.obstacles import to_coordinator
from app.rules.capacity import Held
from app.rules.eligibility import (
    SHORTEST_PLACEMENT,
    Asked,
    Dates,
    Given,
    Named,
    Obstacle,
    between,
    first_day_within,
)

# Its opening is for this learner alone, so that it need not be published, nor welcome her network and profession; and
# she was asked whether somebody of a like name is whom she excluded when she named this person.
NOT_ASKED = frozenset({Obstacle.NOT_PUBLISHED, Obstacle.PROFESSION, Obstacle.PERHAPS_EXCLUDED})


def check_can_begin(session: Session, nomination: Nomination, opening: Opening, today: date) -> None:
    """Raise Refused with what stands in the way, which may be anything that keeps a pair out of a round."""
    held = Held.around(session, today, [opening], [nomination.learner_id])
    asked = asked_by(session, nomination, today, held)
    left = held.places_at(opening, nomination.module.supervision_hours_a_month)
    found = [one for one in between(asked, Given.by(opening), left) if one not in NOT_ASKED]
    if found:
        raise Refused(f"This cannot count yet: {'; '.join(map(to_coordinator, found))}. Put that right first.")


def asked_by(session: Session, nomination: Nomination, today: date, held: Held | None = None) -> Asked:
    """What the nomination asks of an opening, as a request would."""
    learner = nomination.learner
    excluded = session.scalars(
        select(ExcludedMentor)
        .where(ExcludedMentor.learner_id == learner.id)
        .options(selectinload(ExcludedMentor.answers), joinedload(ExcludedMentor.mentor))
    ).all()
    conflicts = select(Conflict.mentor_id).where(Conflict.learner_id == learner.id, Conflict.excepted_at.is_(None))
    return Asked(
        takes_part=learner.takes_part_as(Role.LEARNER),
        learner_id=learner.id,
        level=nomination.module.programme.level,
        network_ids=frozenset(),
        profession=None,
        excluded_ids=frozenset().union(*(one.excluded_ids for one in excluded)),
        excluded_emails=frozenset(one.email.casefold() for one in excluded if one.email),
        perhaps_excluded=tuple(Named(one.name, one.other_ids) for one in excluded if one.mentor_id is None),
        window=window_of(nomination),
        today=today,
        holds=held.by_learner.get(learner.id, frozenset()) if held else frozenset(),
        conflict_ids=frozenset(session.scalars(conflicts)),
    )


def first_day_in(nomination: Nomination, opening: Opening, today: date) -> date:
    """The first day on which both can begin, and four weeks are left."""
    begins = first_day_within(window_of(nomination), today, Dates.of(opening))
    return begins or max(nomination.starts_on, today)


def window_of(nomination: Nomination) -> tuple[date, date]:
    """The days on which it could begin: from the first that the learner named, while four weeks are left."""
    return nomination.starts_on, max(nomination.starts_on, nomination.ends_on - SHORTEST_PLACEMENT)
