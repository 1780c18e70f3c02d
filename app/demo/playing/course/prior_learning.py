"""Plays prior learning in the demo: one claim is granted and two wait, one of them at a university without a cap."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.demo.playing.days import acting, as_done_by
from app.models.academic.prior_learning import PriorLearningClaim, SourceKind
from app.models.people import Person
from app.models.programmes import Enrolment, Level, ModuleKind, Programme, Provider
from app.platform.occasion import Occasion
from app.prior_learning import deciding, service
from app.prior_learning.deciding import Decided
from app.prior_learning.service import NewSource, Written
from app.rules.academic.supervisors import leads_at
from app.rules.prior_learning.granting import Exemption

DAY = timedelta(days=1)
WITH_A_CAP, WITHOUT_ONE = "Newcastle University", "University of Exeter"
MEETS = "I passed a module with the same outcomes, and have worked by them since: protocols, consent and safe data."
TITLE, BODY, LEVEL, CREDITS = "Research Governance in Health", "University of Anywhere", 7, 30
YEARS = 2
WHY = "The outcomes of the module are met by the one that was passed."


def play_prior_learning(app: Flask, today: date) -> None:
    """Two learners claim where a cap is known, one of whom is granted what she asks; one where none is stated."""
    with acting(app, today - 20 * DAY) as (session, occasion):
        granted = claim_of(session, occasion, enrolments_at(session, WITH_A_CAP)[:1])
    with acting(app, today - 12 * DAY) as (session, occasion):
        if granted is not None:
            grant(session, occasion, session.get_one(PriorLearningClaim, granted))
    with acting(app, today - 4 * DAY) as (session, occasion):
        claim_of(session, occasion, enrolments_at(session, WITH_A_CAP)[1:2])
        claim_of(session, occasion, enrolments_at(session, WITHOUT_ONE)[:1])


def enrolments_at(session: Session, university: str) -> Sequence[Enrolment]:
    """The first enrolments on the certificate of a university."""
    statement = (
        select(Enrolment)
        .join(Enrolment.programme)
        .join(Programme.provider)
        .where(Provider.name == university, Programme.level == Level.PGCERT, Enrolment.ended_on.is_(None))
        .options(joinedload(Enrolment.programme).joinedload(Programme.provider))
        .order_by(Enrolment.id)
    )
    return session.scalars(statement.limit(2)).all()


def claim_of(session: Session, occasion: Occasion, enrolments: Sequence[Enrolment]) -> int | None:
    """A claim for the first online module that is not decided, made and sent; its id."""
    for enrolment in enrolments:
        by = as_done_by(occasion, session.get_one(Person, enrolment.learner_id))
        decided = {one.module_id for one in enrolment.decisions}
        open_ones = (one for one in enrolment.modules if one.kind is ModuleKind.TAUGHT and one.id not in decided)
        module = next(open_ones, None)
        if module is None:
            return None
        claim = service.begin(session, by, enrolment, Written(module, 0, MEETS), is_sure=True)
        session.flush()
        source = NewSource(
            kind=SourceKind.MODULE,
            title=TITLE,
            body=BODY,
            level=LEVEL,
            credits=CREDITS,
            finished_on=occasion.today.replace(year=occasion.today.year - YEARS, day=1),
            words="",
            link="",
            form_key=f"a source of the demo {claim.id}",
        )
        service.add_source(session, by, claim, source, is_sure=True)
        service.send(session, by, claim)
        return claim.id
    return None


def grant(session: Session, occasion: Occasion, claim: PriorLearningClaim) -> None:
    lead = leads_at(session, claim.enrolment.programme.provider_id)[0]
    learner = session.get_one(Person, claim.enrolment.learner_id)
    uses = {claim.sources[0].id: claim.credits}
    decided = Decided(True, uses, WHY, occasion.today, Exemption("", ""), claim.revision)
    deciding.decide(session, as_done_by(occasion, lead), claim, learner, decided, is_sure=True)
