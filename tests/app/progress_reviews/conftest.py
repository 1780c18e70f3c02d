"""A placement that began sixty days ago, whose university asks for reviews, and the people who hold and read them."""

import pytest
from sqlalchemy import select

from app.models.course.progress_reviews import ProgressReview
from app.models.people import Role


@pytest.fixture
def placement(build):
    return build.placement(build.learner(name="Robin Learner"), build.mentor(name="Dr A. Mentor"))


@pytest.fixture
def plan(build, placement):
    return build.review_plan(placement)


@pytest.fixture
def provider(placement):
    return placement.module.programme.provider


@pytest.fixture
def supervisor(build, provider):
    person = build.person(name="Sam Supervisor")
    build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=provider)
    return person


@pytest.fixture
def lead(build, provider):
    person = build.person(name="Lee Lead")
    build.grant(person, Role.PROGRAMME_LEAD, provider=provider)
    return person


@pytest.fixture
def page(placement):
    return f"/placements/{placement.id}/progress-reviews/initial"


@pytest.fixture
def known(session, look_again):
    """The review as requests have left it."""

    def read():
        look_again()
        return session.scalars(select(ProgressReview)).one()

    return read
