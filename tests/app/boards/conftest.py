"""Two learners of a university with a lead who keeps a board, and a supervisor who sits on it."""

from datetime import timedelta

import pytest

from app.models.academic.boards import BoardMember
from app.models.people import Role
from app.models.programmes import CreditOutcome


@pytest.fixture
def university(build):
    return build.provider("University of Testing")


@pytest.fixture
def programme(build, university):
    return build.programme(university)


@pytest.fixture
def lead(build, university):
    person = build.person(name="Lee Lead")
    build.grant(person, Role.PROGRAMME_LEAD, provider=university)
    return person


@pytest.fixture
def sam(build, university):
    person = build.person(name="Sam Supervisor")
    build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=university)
    return person


@pytest.fixture
def robin(build, programme):
    return build.enrolment(build.learner(name="Robin Learner"), programme)


@pytest.fixture
def ali(build, programme):
    return build.enrolment(build.learner(name="Ali Learner"), programme)


@pytest.fixture
def board(build, university, lead, sam):
    members = [BoardMember(person_id=sam.id, name=sam.name), BoardMember(name="Prof E. External")]
    return build.board(university, lead, members=members)


@pytest.fixture
def proposed(build, board, programme):
    """proposed(enrolment, module): a line about one of the four modules with an outcome."""

    def make(enrolment, module=1, outcome=CreditOutcome.EARNED, **given):
        if outcome.has_day:
            given = {"until_on": build.today + timedelta(days=60), **given}
        if outcome is not CreditOutcome.EARNED:
            given = {"words": "Add your reflection.", **given}
        return build.board_line(board, enrolment, programme.modules[module], outcome=outcome, **given)

    return make
