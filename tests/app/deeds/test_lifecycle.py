"""States as data: what a page may offer, what a deed may do, and the story that is kept."""

import enum
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.operations.audit import AuditLine
from app.models.placements import OfferState
from app.platform.lifecycle import Lifecycle, Move, Party, story_of
from tests.builders import Builder


class Light(enum.Enum):
    DRAFT = "a draft"
    SENT = "sent"
    SIGNED = "signed"


LEARNER, MENTOR = frozenset({Party.LEARNER}), frozenset({Party.MENTOR})
LIGHTS = Lifecycle(
    "note",
    [
        Move("sent a note", frozenset({Light.DRAFT}), Light.SENT, LEARNER),
        Move("signed a note", frozenset({Light.SENT}), Light.SIGNED, MENTOR),
        Move("returned a note", frozenset({Light.SENT, Light.SIGNED}), Light.DRAFT, MENTOR, needs_reason=True),
    ],
)
OFFERS = Lifecycle(
    "offer",
    [
        Move("held an offer", frozenset({OfferState.WAITING}), OfferState.ACCEPTED, LEARNER),
        Move("let an offer go", frozenset({OfferState.ACCEPTED}), OfferState.DECLINED, LEARNER, needs_reason=True),
    ],
)


@given(
    st.sampled_from(Light),
    st.sampled_from(Party),
    st.sampled_from(sorted(LIGHTS.moves)),
    st.sampled_from(["", " ", "so"]),
)
def test_a_deed_does_what_a_page_may_offer_and_no_more(state: Light, party: Party, deed: str, reason: str) -> None:
    offered = LIGHTS.can(deed, state, party) and (not LIGHTS.moves[deed].needs_reason or bool(reason.strip()))
    try:
        LIGHTS.check(deed, state, party, reason)
    except Refused:
        assert not offered
    else:
        assert offered


def test_a_record_that_stands_otherwise_by_now_says_how() -> None:
    with pytest.raises(Overtaken, match="This note is signed by now"):
        LIGHTS.check("signed a note", Light.SIGNED, Party.MENTOR)


def test_a_missing_reason_is_asked_for_at_its_field() -> None:
    with pytest.raises(Refused) as refused:
        LIGHTS.check("returned a note", Light.SENT, Party.MENTOR, " ")
    assert refused.value.field == "reason"


def test_a_deed_stands_in_the_table_once() -> None:
    move = Move("sent a note", frozenset({Light.DRAFT}), Light.SENT, LEARNER)
    with pytest.raises(ValueError, match="twice"):
        Lifecycle("note", [move, move])


def test_the_story_of_a_record_is_kept_in_order_and_never_changed(
    session: Session, build: Builder, now: datetime
) -> None:
    offer = build.offer()
    learner = offer.request.learner
    OFFERS.move(session, offer, "held an offer", Party.LEARNER, learner, now)
    OFFERS.move(session, offer, "let an offer go", Party.LEARNER, learner, now, reason=" moved away ")
    session.flush()
    first, second = story_of(session, offer)
    assert (first.number, first.state_before, first.state_after) == (1, "waiting for an answer", "accepted")
    assert (second.number, second.reason, second.actor_name) == (2, "moved away", learner.name)
    assert offer.state is OfferState.DECLINED
    deeds = session.scalars(select(AuditLine.deed).where(AuditLine.subject_type == "Offer").order_by(AuditLine.id))
    assert list(deeds) == ["held an offer", "let an offer go"]
    first.reason = "another"
    with pytest.raises(ValueError, match="never changed"):
        session.flush()
