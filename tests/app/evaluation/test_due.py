"""Who is asked what on a day: once a year each, and at the end of a level however its credit was earned."""

from datetime import timedelta

import pytest

from app.evaluation.answering.due import ASKED_LATE, askings_due
from app.models.evaluation.askings import Survey
from app.models.people import Role
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision
from app.rules.groups.small_numbers import FEWEST


@pytest.fixture
def enrolment(build):
    """One that began long ago."""
    made = build.enrolment(build.learner())
    made.started_on = build.today - timedelta(days=300)
    return made


@pytest.fixture
def due(session, build):
    """Who is asked which of these surveys, all where none is named."""

    def asked(*surveys):
        session.flush()
        session.expire_all()
        found = askings_due(session, build.today)
        return [(one.survey, one.person_id) for one in found if not surveys or one.survey in surveys]

    return asked


@pytest.fixture
def decided(build, enrolment):
    """Decides so many credits of the level, so many days ago."""

    def decide(credits_earned, days_ago=0):
        said = {"decided_on": build.today - timedelta(days=days_ago), "recorded_at": build.now}
        of = {"enrolment": enrolment, "module": enrolment.programme.modules[0], "decided_by_id": build.person().id}
        build.add(CreditDecision(credits=credits_earned, **of, **said))

    return decide


@pytest.fixture
def recognised(build, enrolment):
    """Recognises so many credits of the level, so many days ago."""

    def recognise(credits_taken, days_ago=0):
        claim = build.claim(enrolment, credits=credits_taken)
        source, on = build.source(claim, credits=credits_taken), build.today - timedelta(days=days_ago)
        return build.granted(claim, build.person(Role.PROGRAMME_LEAD), source, decided_on=on)

    return recognise


def test_credit_that_was_recognised_before_counts_once_the_last_is_decided(due, enrolment, decided, recognised):
    recognised(CREDITS_A_LEVEL - 20, days_ago=200)
    assert due() == []
    decided(20)
    assert due() == [(Survey.AFTER, enrolment.learner_id)]


def test_who_has_the_last_credit_recognised_is_asked_as_well(due, enrolment, decided, recognised):
    decided(20, days_ago=200)
    assert due() == []
    recognised(CREDITS_A_LEVEL - 20)
    assert due() == [(Survey.AFTER, enrolment.learner_id)]


@pytest.mark.parametrize(("missing", "days_ago"), [(5, 0), (0, ASKED_LATE.days + 1)])
def test_recognised_credit_that_is_not_all_or_no_longer_new_asks_nobody(due, decided, recognised, missing, days_ago):
    decided(20, days_ago=200)
    recognised(CREDITS_A_LEVEL - 20 - missing, days_ago)
    assert due() == []


def test_recognised_credit_that_has_ended_completes_nothing(build, due, decided, recognised):
    decided(20, days_ago=200)
    for use in recognised(CREDITS_A_LEVEL - 20).uses:
        use.ended_at = build.now
    assert due() == []


def test_a_mentor_of_many_is_asked_once_a_year(session, build, due):
    """Else five answers of one mentor would be published as those of five people."""
    mentor, yesterday = build.mentor(FEWEST), build.today - timedelta(days=1)
    for _ in range(FEWEST):
        build.placement(mentor=mentor, ends_on=yesterday)
    found = due(Survey.MENTORING)
    assert found == [(Survey.MENTORING, mentor.id)]
    assert len(due(Survey.PLACEMENT)) == FEWEST
    session.add_all(askings_due(session, build.today))
    assert due(Survey.MENTORING, Survey.PLACEMENT) == [], "not about the next of them either"


def test_who_goes_on_elsewhere_within_a_year_is_asked_once_how_she_begins(build, due):
    learner = build.learner()
    for days_ago in (3, 20):
        build.enrolment(learner, build.programme(build.provider())).started_on = build.today - timedelta(days=days_ago)
    assert due(Survey.BEFORE) == [(Survey.BEFORE, learner.id)]


@pytest.mark.parametrize(("size", "is_told"), [(FEWEST - 1, False), (FEWEST, True)])
def test_a_cohort_goes_with_the_answer_only_where_it_could_be_several_peoples(session, build, size, is_told):
    version = build.programme_version(build.programme())
    cohort = build.cohort(version)
    for _ in range(size):
        one = build.enrolment(build.learner(), version.programme)
        one.in_cohort, one.started_on = cohort, build.today
    session.flush()
    assert {one.cohort_id for one in askings_due(session, build.today)} == {cohort.id if is_told else None}
