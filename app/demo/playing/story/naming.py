"""Learners of the demo who name their own supervisor: one waits for her answer, one for the coordinator's check."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from app.demo.playing.days import acting, as_done_by
from app.models.pairs.nominations import Nomination
from app.models.people import Person
from app.models.studies import Opening
from app.nominations.answering import answer_nomination
from app.nominations.jobs import answer_address
from app.nominations.service import NominationAnswers, nominate
from app.rules.of_learners.modules import rpe_modules_of

SHORTER_BY = timedelta(weeks=1)  # what is named lies within the opening


def name_supervisor(app: Flask, learner: Person, opening: Opening, day: date) -> Nomination:
    """Let a learner name the mentor of an opening, on its study and where it is."""
    with acting(app, day, learner) as (session, occasion):
        mentor = opening.mentor
        profile = mentor.mentor_profile
        answers = NominationAnswers(
            module=rpe_modules_of(session, learner)[0],
            name=mentor.name,
            email=mentor.email,
            job_title=profile.job_title if profile else "",
            study=opening.study,
            study_title="",
            scheme=None,
            number="",
            organisation=opening.organisation,
            network=opening.network,
            starts_on=max(opening.starts_on, day + SHORTER_BY),
            ends_on=opening.ends_on - SHORTER_BY,
        )
        return nominate(session, learner, answers, answer_address, is_sure=True, occasion=occasion)


def confirm(app: Flask, nomination: Nomination, day: date) -> None:
    """Let the supervisor who was named say yes."""
    with acting(app, day) as (session, occasion):
        mentor = session.scalars(select(Person).where(Person.email == nomination.email)).one()
        hers = as_done_by(occasion, mentor)
        answer_nomination(session, nomination, mentor, True, "", is_sure=True, occasion=hers)
