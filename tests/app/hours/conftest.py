"""A learner with a placement, the page where she logs hours, and the entries that she has."""

import pytest
from sqlalchemy import select

from app.models.hours import HoursEntry


@pytest.fixture
def placement(build):
    return build.placement()


@pytest.fixture
def address(placement):
    return f"/placements/{placement.id}/hours/new"


@pytest.fixture
def browser(sign_in, placement):
    return sign_in(placement.learner)


@pytest.fixture
def entries(session, look_again):
    def read():
        look_again()
        return session.scalars(select(HoursEntry).order_by(HoursEntry.id)).all()

    return read
