"""What this service knows of somebody who applies for a bursary: her courses, levels that she passed, bursaries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.academic.prior_awards import PriorAward, PriorAwardState
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.calls import BursaryCall
from app.models.bursaries.spending import Spending
from app.models.people import Role
from app.models.programmes import Enrolment, Level, Programme
from app.rules.bursaries.conditions import Applicant
from app.rules.credit.held import held_of


@dataclass(frozen=True)
class Known:
    """The programmes on which she is enrolled, the levels that she passed, and those for which she had a bursary."""

    enrolled: Mapping[int, Programme] = field(default_factory=dict)
    passed: Collection[Level] = frozenset()
    funded: Collection[Level] = frozenset()


def known_of(session: Session, learner_ids: Collection[int], today: date) -> dict[int, Known]:
    """What is on record of each of these learners, in a few queries however many they are."""
    enrolments: defaultdict[int, list[Enrolment]] = defaultdict(list)
    hers = select(Enrolment).where(Enrolment.learner_id.in_(learner_ids)).order_by(Enrolment.id)
    whole = joinedload(Enrolment.programme).joinedload(Programme.provider), selectinload(Enrolment.decisions)
    for one in session.scalars(hers.options(*whole)):
        enrolments[one.learner_id].append(one)
    passed = levels_passed(session, learner_ids, [one for several in enrolments.values() for one in several])
    funded = levels_funded(session, learner_ids)
    return {
        learner_id: Known(
            {
                one.programme_id: one.programme
                for one in enrolments[learner_id]
                if one.ended_on is None or one.ended_on >= today
            },
            frozenset(passed.get(learner_id, ())),
            frozenset(funded.get(learner_id, ())),
        )
        for learner_id in learner_ids
    }


def levels_passed(
    session: Session, learner_ids: Collection[int], enrolments: Sequence[Enrolment]
) -> dict[int, set[Level]]:
    """The levels of which each holds all credits, or an award that a university has confirmed, and those below them."""
    found: defaultdict[int, set[Level]] = defaultdict(set)
    held = held_of(session, enrolments)
    for one in enrolments:
        if held[one.id].is_complete:
            found[one.learner_id] |= up_to(one.programme.level)
    confirmed = PriorAward.learner_id.in_(learner_ids), PriorAward.state == PriorAwardState.CONFIRMED
    for learner_id, level in session.execute(select(PriorAward.learner_id, PriorAward.level).where(*confirmed)):
        found[learner_id] |= up_to(level)
    return found


def up_to(level: Level) -> set[Level]:
    order = list(Level)
    return set(order[: order.index(level) + 1])


def levels_funded(session: Session, learner_ids: Collection[int]) -> dict[int, set[Level]]:
    """The levels for which each has a bursary, or had one of which something was spent before it was handed back."""
    is_spent = exists().where(Spending.application_id == BursaryApplication.id, Spending.taken_out_at.is_(None))
    has = BursaryApplication.state == ApplicationState.ACCEPTED
    had = (BursaryApplication.state == ApplicationState.HANDED_BACK) & is_spent
    rows = session.execute(
        select(BursaryApplication.learner_id, BursaryCall.level)
        .join(BursaryApplication.call)
        .where(BursaryApplication.learner_id.in_(learner_ids), has | had)
    )
    found: defaultdict[int, set[Level]] = defaultdict(set)
    for learner_id, level in rows:
        found[learner_id].add(level)
    return found


def applicant_of(application: BursaryApplication, known: Known) -> Applicant:
    """What she said in her application, with what is on record beside it."""
    programme = application.programme
    return Applicant(
        takes_part=application.learner.takes_part_as(Role.LEARNER),
        profession=application.profession,
        regulator=application.regulator,
        number=application.registration_number,
        programme_level=programme.level if programme else None,
        provider_id=programme.provider_id if programme else None,
        is_enrolled=application.programme_id in known.enrolled,
        place=application.place,
        passed=known.passed,
        level_before=application.level_before,
        was_funded=bool(application.was_funded),
        was_funded_here=application.call.level in known.funded and application.state is not ApplicationState.ACCEPTED,
        is_retake=bool(application.is_retake),
    )


def applicants_of(session: Session, applications: Sequence[BursaryApplication], today: date) -> dict[int, Applicant]:
    """The same of many, by the id of the application."""
    known = known_of(session, {one.learner_id for one in applications}, today)
    return {one.id: applicant_of(one, known[one.learner_id]) for one in applications}
