"""A placement with its learner and mentor signed in, and a session that waits for its learner."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession


@pytest.fixture
def placement(build):
    return build.placement()


@pytest.fixture
def address(placement):
    return f"/placements/{placement.id}/sessions/new"


@pytest.fixture
def mentor(sign_in, placement):
    return sign_in(placement.mentor)


@pytest.fixture
def learner(sign_in, placement):
    return sign_in(placement.learner)


@pytest.fixture
def meetings(session, look_again):
    def read():
        look_again()
        return session.scalars(select(SupervisionSession).order_by(SupervisionSession.id)).all()

    return read


@pytest.fixture
def meeting(session, build, placement, today, now):
    """A session that waits for its learner."""
    meeting = build.add(
        SupervisionSession(
            placement=placement,
            held_on=today - timedelta(days=3),
            minutes=60,
            form=SessionForm.IN_PERSON,
            topics="The protocol.",
            logged_by_id=placement.mentor_id,
            logged_at=now,
            form_key="first",
            actions=[AgreedAction(what="Read the protocol", owner=ActionOwner.LEARNER)],
        )
    )
    session.commit()
    return meeting
