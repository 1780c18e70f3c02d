"""Whatever people do with one sign-off in whatever order, it is signed off only while all three stand under it."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.language.refusal import Refused
from app.models.base import Base
from app.models.course.sign_offs import LIVE, ReturnPart, SignOff, SignOffState
from app.models.operations.parties import Outsider, Party
from app.models.operations.state_changes import StateChange
from app.models.people import Person, Role
from app.platform.occasion import Occasion
from app.promises.sign_offs.changed import end_what_covers
from app.rules.sign_offs.standing import sign_off_of
from app.sign_offs import ending, service
from tests.builders import Builder
from tests.conftest import NOON

DEEDS = ("ask", "attest", "attest alone", "confirm", "confirm alone", "except", "decide", "return", "void", "change")


@pytest.fixture(scope="module")
def ground() -> Engine:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return engine


class Walk:
    """One placement near its end, its people, and each deed as the service does it."""

    def __init__(self, session: Session) -> None:
        self.session, build = session, Builder(session, NOON)
        self.placement = build.placement()
        self.placement.ends_on = day_of(NOON) + timedelta(days=14)
        self.supervisor = build.person()
        provider = self.placement.module.programme.provider
        build.grant(self.supervisor, Role.ACADEMIC_SUPERVISOR, provider=provider)

    def step(self, deed: str) -> None:
        before = self.standing()
        try:
            self.does(deed)
        except Refused:
            assert self.standing() == before, "what is refused changes nothing"
        self.check()

    def does(self, deed: str) -> None:
        learner, mentor, supervisor = self.placement.learner, self.placement.mentor, self.supervisor
        session, placement, digest = self.session, self.placement, self.digest()
        if deed == "ask":
            service.ask(session, by(learner), placement)
        elif deed.startswith("attest"):
            is_alone = deed.endswith("alone")
            said = service.Attestation("I saw it.", "It ended early.", is_alone, "Dr P.", "PI", "pi@nowhere.example")
            seen = service.digest_of_facts(session, placement, by(mentor))
            service.attest(session, by(mentor), placement, said, seen, lambda secret: secret, is_sure=True)
        elif deed == "confirm":
            service.confirm(session, by(None), placement, Outsider("Dr P."), "The log.", digest, is_sure=True)
        elif deed == "confirm alone":
            service.confirm(session, by(mentor), placement, mentor, "The log.", digest, is_sure=True)
        elif deed == "except":
            service.grant_exception(session, by(supervisor), placement, "A study of one.", is_sure=True)
        elif deed == "decide":
            service.decide(session, by(supervisor), placement, "", "By the board.", digest, is_sure=True)
        elif deed == "return":
            party, parts = Party.ACADEMIC_SUPERVISOR, {ReturnPart.HOURS: "May."}
            ending.give_back(session, by(supervisor), placement, party, supervisor, parts, is_sure=True)
        elif deed == "void":
            ending.void(session, by(supervisor), placement, "The wrong one.", is_sure=True)
        else:
            end_what_covers(session, mentor, placement, NOON - timedelta(days=1), "A session was corrected.", NOON)

    def digest(self) -> str:
        found = sign_off_of(self.session, self.placement)
        return found.digest if found else ""

    def standing(self) -> object:
        found = sign_off_of(self.session, self.placement)
        return found and (found.sign_off.state, found.sign_off.revision, found.standing.missing)

    def check(self) -> None:
        """What holds after each deed."""
        rows = self.session.scalars(select(SignOff).order_by(SignOff.id)).all()
        assert sum(one.state in LIVE for one in rows) <= 1, "one at a time"
        found = sign_off_of(self.session, self.placement)
        if found is None:
            return
        assert found.is_signed_off == (found.sign_off.state is SignOffState.SIGNED_OFF)
        assert not found.is_signed_off or len(found.parts) == 3
        assert found.sign_off.state in (SignOffState.OPEN, SignOffState.SIGNED_OFF) or not found.parts
        signers = [one.person_id for one in found.parts if one.person_id is not None]
        twice = {one for one in signers if signers.count(one) > 1}
        assert twice <= {one.person_id for one in found.exceptions}, "nobody stands twice without an exception"
        assert all(one.granted_by_id != one.person_id for one in found.exceptions)
        ended = StateChange.state_after.in_([SignOffState.VOID.value, SignOffState.SUPERSEDED.value])
        assert all(self.session.scalars(select(StateChange.reason).where(ended))), "each end has its reason"


def by(person: Person | None) -> Occasion:
    return Occasion(person, day_of(NOON), NOON, "")


@given(st.lists(st.sampled_from([*DEEDS, "attest", "confirm", "decide", "ask"]), max_size=14))
@settings(max_examples=40)
def test_a_sign_off_says_who_stands_under_it_whatever_is_done(ground: Engine, deeds: list[str]) -> None:
    with Session(ground) as session:
        walk = Walk(session)
        for deed in deeds:
            walk.step(deed)
        session.rollback()
