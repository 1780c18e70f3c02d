"""Plays how one learner came to a master's degree: Newcastle, then King's, then Sheffield, and King's again.

Her days stand in the calendar and do not follow today: her cohorts are those that come with the service.
"""

from collections.abc import Callable
from datetime import date

from flask import Flask
from sqlalchemy import select

from app.demo.playing.accounts import address_of
from app.demo.playing.days import acting
from app.demo.playing.loading import PASSWORD
from app.demo.playing.whole_way.dissertation import (
    she_has_what_she_needs,
    she_proposes,
    she_submits,
    supervisor_agrees,
)
from app.demo.playing.whole_way.scene import GRADUATE, KINGS, NEWCASTLE, ON_PAPER, SHEFFIELD, Scene
from app.enrolments.asked import Words, ask
from app.enrolments.moves import STEP_OUT
from app.enrolments.steps import Said, take_step
from app.models.academic.enrolment_steps import WayReason
from app.models.academic.prior_learning import PriorLearningClaim, SourceKind
from app.models.academic.way_asked import WayAskedKind
from app.models.people import LearnerProfile, Person, Role, RoleGrant
from app.models.programmes import CreditOutcome, Level
from app.models.values.registration import Profession
from app.platform.passwords import hasher
from app.prior_learning import deciding, service
from app.prior_learning.deciding import Decided
from app.prior_learning.service import NewSource, Written
from app.prior_learning.settings.service import set_rule
from app.progress.service import decide_credit
from app.promises.credit.deciding import Learner
from app.promises.stepping_away import Meanwhile
from app.rules.credit.outcomes import Said as SaidCredit
from app.rules.prior_learning.granting import Exemption
from app.rules.prior_learning.said import Said as SaidOfPriorLearning
from app.web.addresses import full_address

NAME, JOB, EMPLOYER = "Robin Wayfarer", "Senior staff nurse", "A hospital trust (demo)"
OF_CERTIFICATE = (
    "Integrity, Infrastructure and Information Governance in Healthcare Research",
    "Study Design, Data Management and Communication of Clinical Research",
    "Research Delivery in Practice",
)
LEADING, LEADING_THERE = "Optional module in clinical leadership", "Leading and Managing Health Care Services"
PRACTICE, INCLUSIVE = "Research Practice Experience", "Inclusive Research Practice"
AWAY = Words(date(2024, 1, 8), date(2024, 4, 2), WayReason.WORK, "My ward is short of people this winter.")
MEETS = "It has the same outcomes: leading a team, its budget, and change on a ward."
# The university has stated no cap, and without one nothing can be recognised.
CAP = SaidOfPriorLearning(cap=30, reference="A rule of this demonstration; the university has not stated one")
WHY = "The outcomes of the module are met by the one that was passed."


def play_whole_way(app: Flask) -> None:
    """Each part on its day, in a transaction of its own."""
    for day, part in PARTS:
        with acting(app, day) as (session, occasion):
            part(Scene(session, occasion))


def she_begins_at_newcastle(scene: Scene) -> None:
    now = scene.occasion.now
    learner = Person(
        name=NAME,
        email=address_of(GRADUATE),
        password_hash=hasher.hash(PASSWORD),
        created_at=now,
        grants=[RoleGrant(role=Role.LEARNER, granted_at=now)],
        learner_profile=LearnerProfile(profession=Profession.NURSE, job_title=JOB, employer_name=EMPLOYER),
    )
    scene.session.add(learner)
    scene.session.flush()
    scene.joins(NEWCASTLE, Level.PGCERT)


def newcastle_awards_the_certificate(scene: Scene) -> None:
    scene.board_completes(NEWCASTLE, Level.PGCERT, *OF_CERTIFICATE)


def she_goes_on_at_kings(scene: Scene) -> None:
    scene.joins(KINGS, Level.PGDIP)


def kings_decides_on_one_module(scene: Scene) -> None:
    learner = Learner(scene.enrolment(KINGS, Level.PGDIP), scene.learner)
    earned = SaidCredit(CreditOutcome.EARNED, reason=ON_PAPER, considered="The marks of the module.")
    module = scene.module(KINGS, Level.PGDIP, LEADING)
    address = full_address("boards.mine")
    decide_credit(scene.session, scene.by_lead(KINGS), learner, module, earned, scene.today, address, is_sure=True)


def she_steps_out(scene: Scene) -> None:
    """She asks for it, and the lead notes it as she asked."""
    enrolment = scene.enrolment(KINGS, Level.PGDIP)
    ask(scene.session, scene.by_learner(), enrolment, WayAskedKind.STEP_OUT, AWAY, is_sure=True)
    assert AWAY.day is not None
    said = Said(AWAY.day, AWAY.reason, returns_on=AWAY.returns_on)
    by_lead = scene.by_lead(KINGS)
    take_step(scene.session, by_lead, enrolment, scene.learner, STEP_OUT, said, Meanwhile(), is_sure=True)


def she_moves_to_sheffield(scene: Scene) -> None:
    scene.joins(SHEFFIELD, Level.PGDIP, leaving=scene.enrolment(KINGS, Level.PGDIP))


def she_claims_what_she_brings(scene: Scene) -> None:
    """The credits of the module that King's decided."""
    session, by = scene.session, scene.by_learner()
    [credit] = scene.enrolment(KINGS, Level.PGDIP).decisions
    asked = Written(scene.module(SHEFFIELD, Level.PGDIP, LEADING_THERE), 0, MEETS)
    claim = service.begin(session, by, scene.enrolment(SHEFFIELD, Level.PGDIP), asked, is_sure=True)
    session.flush()
    source = NewSource(
        kind=SourceKind.HERE,
        title=credit.module.title,
        body=KINGS,
        level=None,
        credits=credit.credits,
        finished_on=credit.decided_on,
        words="",
        link="",
        form_key=f"a source of the demo {claim.id}",
        credit_decision=credit,
    )
    service.add_source(session, by, claim, source, is_sure=True)
    service.send(session, by, claim)


def sheffield_says_how_much_it_recognises(scene: Scene) -> None:
    provider = scene.programme(SHEFFIELD, Level.PGDIP).provider
    set_rule(scene.session, scene.by_lead(SHEFFIELD), provider, Level.PGDIP, CAP, is_sure=True)


def sheffield_recognises_it(scene: Scene) -> None:
    enrolment = scene.enrolment(SHEFFIELD, Level.PGDIP)
    hers = select(PriorLearningClaim).where(PriorLearningClaim.enrolment_id == enrolment.id)
    claim = scene.session.scalars(hers).one()
    uses = {claim.sources[0].id: claim.credits}
    decided = Decided(True, uses, WHY, scene.today, Exemption("", ""), claim.revision)
    deciding.decide(scene.session, scene.by_lead(SHEFFIELD), claim, scene.learner, decided, is_sure=True)


def sheffield_awards_the_diploma(scene: Scene) -> None:
    scene.board_completes(SHEFFIELD, Level.PGDIP, PRACTICE, INCLUSIVE)


def kings_awards_the_degree(scene: Scene) -> None:
    scene.board_completes(KINGS, Level.MSC, "Dissertation")


PARTS: tuple[tuple[date, Callable[[Scene], None]], ...] = (
    (date(2022, 9, 5), she_begins_at_newcastle),
    (date(2023, 7, 12), newcastle_awards_the_certificate),
    (date(2023, 9, 4), she_goes_on_at_kings),
    (date(2023, 12, 15), kings_decides_on_one_module),
    (date(2023, 12, 18), she_steps_out),
    (date(2024, 3, 1), she_moves_to_sheffield),
    (date(2024, 3, 11), she_claims_what_she_brings),
    (date(2024, 3, 18), sheffield_says_how_much_it_recognises),
    (date(2024, 3, 25), sheffield_recognises_it),
    (date(2024, 8, 28), sheffield_awards_the_diploma),
    (date(2024, 9, 30), she_proposes),
    (date(2024, 10, 14), supervisor_agrees),
    (date(2025, 1, 20), she_has_what_she_needs),
    (date(2025, 8, 20), she_submits),
    (date(2025, 9, 30), kings_awards_the_degree),
)
