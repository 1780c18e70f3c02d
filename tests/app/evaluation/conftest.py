"""What the tests of the evaluation share: a survey filled in, and people who read and edit."""

import pytest

from app.evaluation.questions import Kind, shipped
from app.models.evaluation.askings import Survey
from app.models.people import Role


@pytest.fixture
def filled_in():
    """Every question of a survey answered in the same way."""

    def data(survey=Survey.PLACEMENT, agrees=True, **given):
        questions, surveys = shipped()
        answer = {Kind.AGREEMENT: "agree" if agrees else "disagree", Kind.YES: "yes" if agrees else "no"}
        every = {f"q-{key}": answer.get(questions[key].kind, "") for key in surveys[survey]}
        return every | {f"q-{key}": words for key, words in given.items()}

    return data


@pytest.fixture
def administrator(build):
    return build.person(Role.ADMINISTRATOR)


@pytest.fixture
def lead(build):
    person = build.person()
    build.grant(person, Role.PROGRAMME_LEAD, provider=build.provider())
    return person
