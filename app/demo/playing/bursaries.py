"""Plays two calls for bursaries in the demo: a lottery that is decided and partly handed back, and one that is open."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.bursaries import queries
from app.bursaries.applying.service import Answers, answer_conditions, send_application
from app.bursaries.calls.service import CONDITIONS, SaidOfCall, publish_call, write_call
from app.bursaries.outcome.service import accept, decide_call, hand_back
from app.bursaries.spending.service import Spent, note_spending
from app.demo.playing.accounts import address_of
from app.demo.playing.days import acting, as_done_by
from app.language.local_times import end_of_day, start_of_day
from app.models.bursaries.applications import ApplicationState
from app.models.bursaries.calls import BursaryCall, DoctorsAndDentists, Method
from app.models.bursaries.spending import SpentOn
from app.models.people import LearnerProfile, Person
from app.models.programmes import Enrolment, Level, Programme
from app.platform.occasion import Occasion
from app.rules.bursaries.conditions import DOCTORS_AND_DENTISTS, REGULATORS

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
APPLICANTS, BURSARIES = 6, 3
SEED = "a seed of the demonstration"
CRITERIA = (("Why this course, and why now", 3), ("What it changes for patients and colleagues", 2))


def play_bursaries(app: Flask, today: date) -> None:
    """Some learners have applied to the lottery; of those who accepted, one has handed her bursary back."""
    closed = today - 3 * WEEK
    with acting(app, closed - 3 * WEEK) as (session, occasion):
        call_id = publish(session, occasion, lottery(closed - 3 * WEEK, closed)).id
    with acting(app, closed - WEEK) as (session, occasion):
        for enrolment, profile in could_apply(session, closed - WEEK):
            apply(session, as_done_by(occasion, profile.person), call_of(session, call_id), enrolment, profile)
    with acting(app, closed + DAY) as (session, occasion):
        decide_call(session, as_done_by(occasion, administrator(session)), call_of(session, call_id))
    with acting(app, closed + WEEK) as (session, occasion):
        answer(session, occasion, call_of(session, call_id))
    with acting(app, today - 2 * DAY) as (session, occasion):
        publish(session, occasion, scored(today - 2 * DAY, today + 3 * WEEK))


def publish(session: Session, occasion: Occasion, said: SaidOfCall) -> BursaryCall:
    by = as_done_by(occasion, administrator(session))
    call = write_call(session, by, said, secret=SEED, is_sure=True)
    publish_call(session, by, call)
    return call


def lottery(opens: date, closes: date) -> SaidOfCall:
    return SaidOfCall(
        provider_id=None,
        title="PGCert bursaries",
        level=Level.PGCERT,
        number=BURSARIES,
        covers="The course fees of the PGCert.",
        amount_pence=400_000,
        courses="Courses of this academic year",
        opens_at=start_of_day(opens),
        closes_at=end_of_day(closes),
        answer_days=30,
        regulators=tuple(one.value for one in REGULATORS),
        doctors_and_dentists=DoctorsAndDentists.MAY_NOT_APPLY,
        conditions=frozenset(CONDITIONS),
        method=Method.LOTTERY,
        criteria=(),
        scores_needed=1,
    )


def scored(opens: date, closes: date) -> SaidOfCall:
    """Whether doctors and dentists count is still to confirm."""
    like = vars(lottery(opens, closes)) | {"title": "PGDip bursaries", "level": Level.PGDIP, "method": Method.SCORING}
    said = {"covers": "The course fees of the PGDip.", "criteria": CRITERIA, "scores_needed": 2}
    return SaidOfCall(**like | said | {"doctors_and_dentists": DoctorsAndDentists.TO_CONFIRM})


def could_apply(session: Session, day: date) -> Sequence[tuple[Enrolment, LearnerProfile]]:
    """The first learners of the PGCert who were enrolled by then and are registered."""
    regulated = LearnerProfile.regulator.in_(REGULATORS), LearnerProfile.registration_number != ""
    statement = (
        select(Enrolment, LearnerProfile)
        .join(LearnerProfile, LearnerProfile.person_id == Enrolment.learner_id)
        .join(Enrolment.programme)
        .where(Programme.level == Level.PGCERT, Enrolment.started_on <= day, *regulated)
        .where(LearnerProfile.profession.not_in(DOCTORS_AND_DENTISTS))
        .options(joinedload(LearnerProfile.person))
        .order_by(Enrolment.id)
        .limit(APPLICANTS)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def apply(
    session: Session, occasion: Occasion, call: BursaryCall, enrolment: Enrolment, profile: LearnerProfile
) -> None:
    assert profile.profession
    answers = Answers(
        profession=profile.profession,
        regulator=profile.regulator,
        number=profile.registration_number,
        programme_id=enrolment.programme_id,
        place="",
        level_before="",
        was_funded=False,
        is_retake=False,
    )
    send_application(session, occasion, answer_conditions(session, occasion, call, answers, is_sure=True))


def answer(session: Session, occasion: Occasion, call: BursaryCall) -> None:
    """All but the last accept; the first notes what she spent, and the second hands back."""
    offered = queries.applications_in(session, call, ApplicationState.OFFERED)
    for number, application in enumerate(offered[: BURSARIES - 1]):
        by = as_done_by(occasion, application.learner)
        accept(session, by, application)
        if number == 0:
            spent = Spent(occasion.today, SpentOn.FEES, 120_000, "Fees of the first term")
            note_spending(session, by, application, spent, is_sure=True)
        else:
            hand_back(session, by, application, "My employer pays the fees after all.", is_sure=True)


def administrator(session: Session) -> Person:
    return session.scalars(select(Person).where(Person.email == address_of("administrator"))).one()


def call_of(session: Session, call_id: int) -> BursaryCall:
    return session.get_one(BursaryCall, call_id)
