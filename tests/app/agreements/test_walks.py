"""Whatever four people do with one agreement in whatever order, it says who stands under what, and tells once."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from app.agreements import service
from app.language.dates_and_times import day_of
from app.language.refusal import Refused
from app.models.base import Base
from app.models.course.agreements import AgreementState, LearningAgreement
from app.models.operations.outbox import Message
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.models.people import Person, Role
from app.models.placements import Outcome
from app.platform.occasion import Occasion
from app.rules.agreements.kind import AGREEMENT
from app.rules.agreements.planned_hours import planned_minutes_until
from tests.builders import Builder
from tests.conftest import NOON

WHO = ("learner", "mentor", "supervisor", "colleague")
PARTS = {"learner": Party.LEARNER, "mentor": Party.MENTOR} | dict.fromkeys(WHO[2:], Party.ACADEMIC_SUPERVISOR)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["sign", "sign", "reopen"]), st.sampled_from(WHO)),
    st.tuples(st.sampled_from(["give", "give", "plan", "write", "move"]), st.just("learner")),
)


@pytest.fixture(scope="module")
def ground() -> Engine:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return engine


class Walk:
    """One agreement, its people, and what is expected of it."""

    def __init__(self, session: Session) -> None:
        self.session, build = session, Builder(session, NOON)
        self.placement = build.placement()
        provider = self.placement.module.programme.provider
        self.people = {"learner": self.placement.learner, "mentor": self.placement.mentor}
        for name in WHO[2:]:
            self.people[name] = build.person()
            build.grant(self.people[name], Role.ACADEMIC_SUPERVISOR, provider=provider)
        self.agreement: LearningAgreement = build.agreement(self.placement, state=AgreementState.DRAFT)
        self.signers: dict[Party, str] = {}
        self.is_draft, self.has_moved, self.made = True, False, 0

    def step(self, deed: str, who: str) -> None:
        """Do it as the service does, and compare with what may be."""
        before = self.counts()
        may = self.may(deed, who)
        try:
            getattr(self, deed)(self.people[who])
        except Refused:
            assert not may, f"{who} may {deed}"
            assert self.counts() == before, "what is refused changes nothing"
            return
        assert may, f"{who} may not {deed}"
        told = self.told_since(before[0])
        assert self.people[who].email not in told, "nobody is told what she does herself"
        assert len(told) == len(set(told)), "each is told once"
        assert set(told) == {self.people[one].email for one in self.expect(deed, who)}

    def may(self, deed: str, who: str) -> bool:
        if self.has_moved:
            return False
        if deed in ("give", "plan", "write"):
            return self.is_draft
        if deed == "reopen":
            return not self.is_draft
        if deed == "sign":
            return not self.is_draft and self.signers.get(PARTS[who], who) == who
        return True

    def expect(self, deed: str, who: str) -> set[str]:
        """Move what is expected along, and say who hears of it."""
        if deed == "give":
            self.is_draft = False
            return set(WHO) - {"learner"}
        if deed == "reopen":
            told = {*self.signers.values(), "learner"} - {who}
            self.signers, self.is_draft = {}, True
            return told
        if deed == "sign" and PARTS[who] not in self.signers:
            self.signers[PARTS[who]], self.made = who, self.made + 1
            return set(self.signers.values()) - {who} if len(self.signers) == len(set(PARTS.values())) else set()
        return set()

    def counts(self) -> tuple[int, int, AgreementState, int]:
        numbers = (self.session.scalar(select(func.count()).select_from(model)) or 0 for model in (Message, Signature))
        return (*numbers, self.agreement.state, self.agreement.revision)  # type: ignore[return-value]

    def told_since(self, number: int) -> list[str]:
        return list(self.session.scalars(select(Message.recipient).order_by(Message.id)))[number:]

    def by(self, who: Person) -> Occasion:
        return Occasion(who, day_of(NOON), NOON, "")

    def sign(self, who: Person) -> None:
        service.sign(self.session, self.by(who), self.agreement, AGREEMENT.digest_of(self.agreement))

    def give(self, who: Person) -> None:
        service.give(self.session, self.by(who), self.agreement)

    def reopen(self, who: Person) -> None:
        service.reopen(self.session, self.by(who), self.agreement, "Another day.", is_sure=True)

    def plan(self, who: Person) -> None:
        minutes = self.agreement.planned_minutes + 60
        service.plan_hours(self.session, self.by(who), self.agreement, {"teaching": minutes})

    def write(self, who: Person) -> None:
        objective = self.agreement.objectives[0]
        words = f"{objective.words} And more."
        service.write_objective(self.session, self.by(who), self.agreement, objective, words, [], is_sure=True)

    def move(self, who: Person) -> None:
        """The placement goes on elsewhere; what is agreed here stays as it is."""
        self.placement.outcome, self.has_moved = Outcome.MOVED, True

    def look(self) -> None:
        """What anybody would see now."""
        standing = AGREEMENT.standing(self.session, self.agreement)
        assert {party: one.signer_id for party, one in standing.signatures.items()} == {
            party: self.people[who].id for party, who in self.signers.items()
        }
        assert len(standing.signatures) + len(standing.past) == self.made
        assert standing.is_complete == (len(self.signers) == len(set(PARTS.values())))
        assert (self.agreement.state is AgreementState.DRAFT) == self.is_draft
        assert sum(self.agreement.minutes_by_month.values()) == self.agreement.planned_minutes
        planned = planned_minutes_until(self.session, self.placement, self.placement.ends_on)
        assert planned == (self.agreement.planned_minutes if standing.is_complete else None)


@settings(max_examples=60)
@given(st.lists(STEPS, max_size=20))
def test_whoever_does_what_in_whatever_order(ground: Engine, steps: Sequence[Any]) -> None:
    with Session(ground) as session:
        walk = Walk(session)
        for deed, who in steps:
            if deed != "move" or not walk.has_moved:
                walk.step(deed, who)
            walk.look()
        session.rollback()
