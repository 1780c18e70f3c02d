"""One day of the whole way: who is there, and what learner, lead and board do on it, through the deeds of the pages."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.boards import deciding, lists
from app.boards.service import Proposal, SaidBoard, make_board, prepare, put_on
from app.demo.playing.accounts import address_of
from app.demo.playing.days import as_done_by
from app.enrolments.asked import agree, apply
from app.enrolments.enrolling import Around, Entry, enrol
from app.enrolments.moves import COMPLETE, TRANSFER
from app.enrolments.steps import Said, take_step
from app.models.academic.enrolment_steps import WayReason
from app.models.people import Person
from app.models.programmes import CreditOutcome, Enrolment, Level, Module, Programme, Provider
from app.platform.occasion import Occasion
from app.promises.stepping_away import Meanwhile
from app.rules.academic.supervisors import leads_at
from app.rules.enrolments.starts import Start
from app.web.addresses import full_address

GRADUATE = "graduate"
NEWCASTLE, KINGS, SHEFFIELD = "Newcastle University", "King's College London", "The University of Sheffield"
OUTSIDE = ("Prof Edith External",)
ON_PAPER = "The university has seen the marks and the portfolio on paper."


@dataclass(frozen=True)
class Scene:
    """Nobody acts in `occasion` itself: each deed says by whom it is done."""

    session: Session
    occasion: Occasion

    @property
    def today(self) -> date:
        return self.occasion.today

    @property
    def learner(self) -> Person:
        return self.session.scalars(select(Person).where(Person.email == address_of(GRADUATE))).one()

    def by_learner(self) -> Occasion:
        return as_done_by(self.occasion, self.learner)

    def lead(self, university: str) -> Person:
        provider_id = self.session.scalars(select(Provider.id).where(Provider.name == university)).one()
        return leads_at(self.session, provider_id)[0]

    def by_lead(self, university: str) -> Occasion:
        return as_done_by(self.occasion, self.lead(university))

    def programme(self, university: str, level: Level) -> Programme:
        at = select(Programme).join(Programme.provider).where(Provider.name == university, Programme.level == level)
        return self.session.scalars(at).one()

    def enrolment(self, university: str, level: Level) -> Enrolment:
        programme_id = self.programme(university, level).id
        hers = Enrolment.learner_id == self.learner.id, Enrolment.programme_id == programme_id
        return self.session.scalars(select(Enrolment).where(*hers)).one()

    def module(self, university: str, level: Level, title: str) -> Module:
        return next(one for one in self.programme(university, level).modules if one.title == title)

    def joins(self, university: str, level: Level, leaving: Enrolment | None = None) -> None:
        """She asks for the cohort that is under way, and the lead enrols her; what she leaves ends with that."""
        programme = self.programme(university, level)
        cohorts = (one for version in programme.versions for one in version.cohorts)
        start = Start(programme, next(one for one in cohorts if one.runs_on(self.today)))
        asked = "I work on a ward, and would like to go on with this."
        wish = apply(self.session, self.by_learner(), self.learner, start, leaving, asked, is_sure=True)
        by_lead = self.by_lead(university)
        agree(self.session, by_lead, wish)
        entry = Entry(start, self.today, Around())
        made = enrol(self.session, by_lead, self.learner, entry, is_sure=True)
        self.session.flush()
        if leaving is not None:
            said = Said(self.today, WayReason.GOES_ON)
            parts = leaving, self.learner, TRANSFER, said, Meanwhile()
            take_step(self.session, by_lead, *parts, is_sure=True, onward=made)

    def board_completes(self, university: str, level: Level, *titles: str) -> None:
        """A board of the day decides that she has earned these modules; with them the level is complete."""
        lead, by_lead = self.lead(university), self.by_lead(university)
        enrolment = self.enrolment(university, level)
        said = SaidBoard("Board of examiners", self.today, f"BoE {self.today:%Y/%m}", (lead.id,), OUTSIDE)
        board = make_board(self.session, by_lead, enrolment.programme.provider, said, [lead], is_sure=True)
        self.session.flush()
        put_on(self.session, by_lead, board, [(enrolment, self.module(university, level, one)) for one in titles])
        earned = Proposal(CreditOutcome.EARNED, reason=ON_PAPER)
        for one in lists.list_of(self.session, board, lead, self.today).lines:
            prepare(self.session, by_lead, board, one.line, one.learner, earned, is_sure=True)
        read = lists.list_of(self.session, board, lead, self.today)
        deciding.decide(self.session, by_lead, board, read.digest, full_address("boards.mine"))
        take_step(self.session, by_lead, enrolment, self.learner, COMPLETE, Said(self.today), Meanwhile(), is_sure=True)
