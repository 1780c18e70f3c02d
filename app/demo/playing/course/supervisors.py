"""Plays who supervises whom in the demo: leads name somebody for most learners, and a supervisor writes a note."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from itertools import cycle

from flask import Flask
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.demo.playing.accounts import address_of
from app.demo.playing.days import acting, as_done_by
from app.models.academic.supervisors import SupervisorAssignment
from app.models.people import Person
from app.models.programmes import Enrolment, Programme
from app.promises.supervising.naming import Learner, name_supervisor
from app.rules.academic.supervisors import leads_at, supervisors_at
from app.supervisors.service import write_note

WITHOUT = 6  # one learner in so many has no supervisor yet
WORDS = "Two seminars missed in a row, and no answer to my emails. Has the programme team heard anything?"


def name_for(app: Flask, learner_ids: Collection[int], day: date) -> None:
    """Each of these learners gets a supervisor who is not her mentor."""
    play(app, day, Enrolment.learner_id.in_(learner_ids), skip=0)


def name_for_most_others(app: Flask, day: date) -> None:
    """Those who have none yet, but for a few."""
    has_one = select(SupervisorAssignment.enrolment_id)
    play(app, day, Enrolment.id.not_in(has_one), skip=WITHOUT)


def play(app: Flask, day: date, wanted: ColumnElement[bool], skip: int) -> None:
    with acting(app, day) as (session, occasion):
        statement = (
            select(Enrolment, Person)
            .join(Person, Person.id == Enrolment.learner_id)
            .where(wanted, Enrolment.started_on <= day)
            .options(joinedload(Enrolment.programme).joinedload(Programme.provider))
            .order_by(Enrolment.id)
        )
        by_provider: defaultdict[int, list[Learner]] = defaultdict(list)
        for number, (enrolment, person) in enumerate(session.execute(statement), 1):
            if not skip or number % skip:
                by_provider[enrolment.programme.provider_id].append(Learner(enrolment, person))
        for provider_id, learners in by_provider.items():
            lead = as_done_by(occasion, leads_at(session, provider_id)[0])
            for supervisor, hers in shared(session, provider_id, learners):
                name_supervisor(session, lead, hers, supervisor, "", is_sure=True)


def shared(session: Session, provider_id: int, learners: list[Learner]) -> list[tuple[Person, list[Learner]]]:
    """The learners dealt out to the supervisors of their university, one after the other."""
    supervisors = supervisors_at(session, [provider_id])
    hers: defaultdict[int, list[Learner]] = defaultdict(list)
    for learner, supervisor in zip(learners, cycle(supervisors), strict=False):
        hers[supervisor.id].append(learner)
    return [(one, hers[one.id]) for one in supervisors if hers[one.id]]


def write_one_note(app: Flask, day: date) -> None:
    """The supervisor of the demo's accounts, about the first of her learners."""
    with acting(app, day) as (session, occasion):
        supervisor = session.scalars(select(Person).where(Person.email == address_of("supervisor"))).one()
        assigned = select(SupervisorAssignment).where(SupervisorAssignment.supervisor_id == supervisor.id)
        first = session.scalars(assigned.order_by(SupervisorAssignment.id).limit(1)).first()
        if first is not None:
            learner = Learner(first.enrolment, session.get_one(Person, first.enrolment.learner_id))
            write_note(session, as_done_by(occasion, supervisor), learner, WORDS, is_sure=True)
