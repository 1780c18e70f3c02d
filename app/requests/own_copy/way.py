"""A learner's way through programmes in her own copy: enrolments with their steps, what she asked, awards, sharing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.academic.enrolment_steps import EnrolmentStep
from app.models.academic.prior_awards import PriorAward
from app.models.academic.record_shares import RecordShare
from app.models.academic.way_asked import WayAsked
from app.models.people import Person
from app.models.programmes import Enrolment, Programme
from app.rules.enrolments.standing import steps_of


@dataclass(frozen=True)
class OwnWay:
    """All of it, the oldest first; steps by the id of their enrolment."""

    enrolments: Sequence[Enrolment]
    steps: Mapping[int, Sequence[EnrolmentStep]]
    asked: Sequence[WayAsked]
    awards: Sequence[PriorAward]
    shares: Sequence[RecordShare]


def way_of_learner(session: Session, learner: Person) -> OwnWay:
    """Five queries, however much there is."""
    programme = joinedload(Enrolment.programme).joinedload(Programme.provider)
    enrolled = select(Enrolment).where(Enrolment.learner_id == learner.id).order_by(Enrolment.started_on, Enrolment.id)
    enrolments = session.scalars(
        enrolled.options(programme, joinedload(Enrolment.in_cohort), joinedload(Enrolment.workplace))
    ).all()
    asked = select(WayAsked).where(WayAsked.learner_id == learner.id).order_by(WayAsked.id)
    awards = select(PriorAward).where(PriorAward.learner_id == learner.id).order_by(PriorAward.id)
    shares = select(RecordShare).where(RecordShare.learner_id == learner.id).order_by(RecordShare.id)
    return OwnWay(
        enrolments,
        steps_of(session, [one.id for one in enrolments]),
        session.scalars(asked.options(joinedload(WayAsked.programme), joinedload(WayAsked.answered_by))).all(),
        session.scalars(awards.options(joinedload(PriorAward.provider), joinedload(PriorAward.answered_by))).all(),
        session.scalars(shares.options(joinedload(RecordShare.provider))).all(),
    )


def as_plain(way: OwnWay) -> dict[str, Any]:
    """The same as values that fit JSON."""
    return {
        "enrolments": [_enrolment(one, way.steps[one.id]) for one in way.enrolments],
        "asked_of_universities": [_asked(one) for one in way.asked],
        "awards_from_elsewhere": [_award(one) for one in way.awards],
        "earlier_records_shared": [_share(one) for one in way.shares],
    }


def _enrolment(one: Enrolment, steps: Sequence[EnrolmentStep]) -> dict[str, Any]:
    return {
        "programme": one.programme.title,
        "university": one.programme.provider.name,
        "cohort": one.cohort_name or None,
        "from": one.started_on.isoformat(),
        "until": one.ended_on.isoformat() if one.ended_on else None,
        "workplace": one.workplace.name if one.workplace else None,
        "funder": one.funder or None,
        "in_place_of_the_level_before": one.equivalence or None,
        "steps": [_step(step) for step in steps],
    }


def _step(one: EnrolmentStep) -> dict[str, Any]:
    return {
        "step": one.kind.value,
        "from": one.day.isoformat(),
        "why": one.reason.value if one.reason else None,
        "says": one.words or None,
        "expected_back": one.returns_on.isoformat() if one.returns_on else None,
        "noted_by": one.author.name,
        "noted_at": one.recorded_at.isoformat(),
        "taken_back_at": one.taken_back_at.isoformat() if one.taken_back_at else None,
    }


def _asked(one: WayAsked) -> dict[str, Any]:
    return {
        "programme": one.programme.title,
        "asked_for": one.kind.value,
        "from": one.day.isoformat() if one.day else None,
        "expected_back": one.returns_on.isoformat() if one.returns_on else None,
        "why": one.reason.value if one.reason else None,
        "says": one.words or None,
        "asked_at": one.asked_at.isoformat(),
        "state": one.state.value,
        "answered_by": one.answered_by.name if one.answered_by else None,
        "answer": one.answer or None,
    }


def _award(one: PriorAward) -> dict[str, Any]:
    return {
        "level": one.level.value,
        "title": one.title,
        "awarded_by": one.awarded_by,
        "awarded_on": one.awarded_on.isoformat(),
        "how_to_check": one.reference,
        "asked": one.provider.name,
        "state": one.state.value,
        "answered_by": one.answered_by.name if one.answered_by else None,
        "answer": one.answer or None,
    }


def _share(one: RecordShare) -> dict[str, Any]:
    return {
        "university": one.provider.name,
        "agreed_at": one.agreed_at.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
    }
