"""Plays ways through programmes in the demo: somebody is away too long, somebody asks to be, one names an award."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from app.demo.playing.days import acting, as_done_by
from app.enrolments.asked import Words, ask
from app.enrolments.brought.awards import Named, name_award
from app.enrolments.moves import STEP_OUT
from app.enrolments.steps import Said, take_step
from app.models.academic.enrolment_steps import WayReason
from app.models.academic.way_asked import WayAskedKind
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Enrolment, Level, Programme
from app.platform.occasion import Occasion
from app.promises.stepping_away import Meanwhile
from app.rules.academic.supervisors import leads_at

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WHY = "A secondment to another ward, for the summer."
Free = tuple[Enrolment, Person]


def play_ways(app: Flask, today: date) -> None:
    """Three learners who have no placement."""
    with acting(app, today - 2 * WEEK) as (session, occasion):
        free = free_learners(session, occasion.today)
        if free:
            step_out(session, occasion, *free[0], returns_on=today - DAY)
    with acting(app, today - 2 * DAY) as (session, occasion):
        free = free_learners(session, occasion.today)
        if len(free) > 2:
            (enrolment, asking), (other, naming) = free[1:3]
            said = Words(today + 2 * WEEK, today + 20 * WEEK, WayReason.WORK, WHY)
            ask(session, as_done_by(occasion, asking), enrolment, WayAskedKind.STEP_OUT, said, is_sure=True)
            name(session, as_done_by(occasion, naming), other, today)


def free_learners(session: Session, day: date) -> list[Free]:
    """The last few who are enrolled by now and have had no placement; what they ask for stays, for after a return."""
    placed = exists().where(Placement.learner_id == Enrolment.learner_id)
    statement = (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(Enrolment.started_on < day - DAY, ~placed)
        .order_by(Enrolment.id.desc())
        .limit(3)
        .options(joinedload(Enrolment.programme).joinedload(Programme.provider))
    )
    return [(enrolment, person) for enrolment, person in session.execute(statement)]


def step_out(session: Session, occasion: Occasion, enrolment: Enrolment, learner: Person, returns_on: date) -> None:
    lead = as_done_by(occasion, leads_at(session, enrolment.programme.provider_id)[0])
    said = Said(occasion.today, WayReason.CIRCUMSTANCES, returns_on=returns_on)
    take_step(session, lead, enrolment, learner, STEP_OUT, said, Meanwhile(), is_sure=True)


def name(session: Session, occasion: Occasion, enrolment: Enrolment, today: date) -> None:
    said = Named(
        Level.PGCERT,
        "PGCert Health Research (fictitious)",
        "University of Elsewhere",
        today - timedelta(days=400),
        "Certificate E-1204",
        enrolment.programme.provider,
    )
    name_award(session, occasion, said, is_sure=True)
