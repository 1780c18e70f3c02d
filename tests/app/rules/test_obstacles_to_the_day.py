"""What stands between a request and an opening: each fact alone, and the dates to the day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.people import MentorAbsence
from app.models.programmes import Level
from app.models.requests import ExcludedMentor, ExclusionKind
from app.models.studies import OpeningState
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus
from app.rules.capacity import Held
from app.rules.eligibility import Asked, Given, Named, Obstacle, Obstacles, between, first_day_of, obstacles

DAY, DAYS = date(2026, 3, 3), timedelta(days=1)
ASKED = Asked(
    takes_part=True,
    learner_id=1,
    level=Level.PGCERT,
    network_ids=frozenset({5, 6}),
    profession=Profession.NURSE,
    excluded_ids=frozenset({20}),
    excluded_emails=frozenset({"boss@nowhere.example"}),
    perhaps_excluded=(),
    window=(DAY, DAY + 10 * DAYS),
    today=DAY - 99 * DAYS,
)
GIVEN = Given(
    opening_id=30,
    state=OpeningState.PUBLISHED,
    takes_learners=True,
    levels=frozenset({Level.PGCERT}),
    network_id=5,
    professions=frozenset({Profession.NURSE, Profession.DOCTOR}),
    mentor_id=10,
    mentor_takes_part=True,
    mentor_name="Dr Jane Example",
    mentor_email="mentor@nowhere.example",
    first_day=DAY,
    last_start=DAY + 10 * DAYS,
    absences=(),
)


@pytest.mark.parametrize(
    ("asked", "given", "obstacle"),
    [
        ({"takes_part": False}, {}, Obstacle.LEARNER_GONE),
        ({}, {"mentor_takes_part": False}, Obstacle.MENTOR_GONE),
        ({}, {"state": OpeningState.PAUSED}, Obstacle.NOT_PUBLISHED),
        ({}, {"state": OpeningState.WITHDRAWN}, Obstacle.WITHDRAWN),
        ({}, {"takes_learners": False}, Obstacle.STUDY_CLOSED),
        ({}, {"levels": frozenset({Level.PGDIP})}, Obstacle.LEVEL),
        ({"network_ids": frozenset({6})}, {}, Obstacle.NETWORK),
        ({"profession": Profession.PHARMACIST}, {}, Obstacle.PROFESSION),
        ({"learner_id": 10}, {}, Obstacle.EXCLUDED),
        ({"excluded_ids": frozenset({10})}, {}, Obstacle.EXCLUDED),
        ({"excluded_emails": frozenset({"mentor@nowhere.example"})}, {}, Obstacle.EXCLUDED),
        ({"perhaps_excluded": (Named("EXAMPLE, Jane"),)}, {}, Obstacle.PERHAPS_EXCLUDED),
        ({"conflict_ids": frozenset({10})}, {}, Obstacle.CONFLICT),
        ({"holds": frozenset({30})}, {}, Obstacle.ALREADY_THERE),
        ({"today": DAY + 11 * DAYS}, {}, Obstacle.CLOSES_BEFORE),
    ],
)
def test_one_fact_is_one_obstacle(asked, given, obstacle):
    assert between(replace(ASKED, **asked), replace(GIVEN, **given)) == (obstacle,)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ({}, {}),
        ({"level": None}, {"levels": frozenset()}),
        ({"network_ids": frozenset()}, {}),
        ({"profession": None}, {}),
        ({"profession": Profession.PHARMACIST}, {"professions": frozenset()}),
        ({"window": None}, {"last_start": DAY + 99 * DAYS, "first_day": DAY + 99 * DAYS}),
        ({"perhaps_excluded": (Named("Jane Exampleton"),)}, {}),
        ({"perhaps_excluded": (Named("Jane Example", frozenset({10})),)}, {}),
        ({"holds": frozenset({31})}, {}),
        ({"today": DAY + 10 * DAYS}, {}),
    ],
)
def test_what_is_left_open_is_no_obstacle(asked, given):
    assert between(replace(ASKED, **asked), replace(GIVEN, **given)) == ()


@pytest.mark.parametrize(("left", "found"), [(None, ()), (0, (Obstacle.NO_PLACE,)), (1, ()), (2, ())])
def test_no_place_is_an_obstacle_where_places_are_counted(left, found):
    assert between(ASKED, GIVEN, left) == found


@pytest.mark.parametrize(
    ("first_day", "last_start", "obstacle"),
    [
        (10, 20, None),
        (11, 20, Obstacle.STARTS_AFTER),
        (-20, 0, None),
        (-20, -1, Obstacle.CLOSES_BEFORE),
        (5, 4, Obstacle.CLOSES_BEFORE),
        (5, 5, None),
        (11, 4, Obstacle.STARTS_AFTER),
    ],
)
def test_dates_fit_to_the_day(first_day, last_start, obstacle):
    given = replace(GIVEN, first_day=DAY + first_day * DAYS, last_start=DAY + last_start * DAYS)
    assert between(ASKED, given) == (() if obstacle is None else (obstacle,))


@pytest.mark.parametrize(
    ("absences", "is_away"),
    [
        ([(0, 10)], True),
        ([(-5, 15)], True),
        ([(1, 10)], False),
        ([(0, 9)], False),
        ([(0, 4), (6, 10)], False),
        ([(0, 4), (5, 10)], True),
        ([(5, 12), (-3, 4)], True),
        ([(20, 30), (0, 10)], True),
        ([], False),
    ],
)
def test_a_mentor_stands_in_the_way_only_when_away_on_every_day_that_would_do(absences, is_away):
    given = replace(GIVEN, absences=tuple((DAY + a * DAYS, DAY + b * DAYS) for a, b in absences))
    assert between(ASKED, given) == ((Obstacle.MENTOR_AWAY,) if is_away else ())


def test_a_mentor_who_is_away_is_not_named_where_no_day_would_do_anyway():
    given = replace(GIVEN, last_start=DAY - DAYS, absences=((DAY - 99 * DAYS, DAY + 99 * DAYS),))
    assert between(ASKED, given) == (Obstacle.CLOSES_BEFORE,)


@given(
    st.tuples(st.integers(-20, 20), st.integers(0, 20)),
    st.tuples(st.integers(-20, 20), st.integers(-5, 20)),
    st.lists(st.tuples(st.integers(-25, 25), st.integers(0, 30)), max_size=4),
)
def test_dates_stand_in_the_way_exactly_when_no_day_suits_learner_opening_and_mentor(wants, opens, absences):
    window, running = range(wants[0], sum(wants) + 1), range(opens[0], sum(opens) + 1)
    away = [range(begins, begins + lasts + 1) for begins, lasts in absences]
    asked = replace(ASKED, window=(DAY + window[0] * DAYS, DAY + window[-1] * DAYS))
    given = replace(
        GIVEN,
        first_day=DAY + opens[0] * DAYS,
        last_start=DAY + sum(opens) * DAYS,
        absences=tuple((DAY + one[0] * DAYS, DAY + one[-1] * DAYS) for one in away),
    )
    suits = [day for day in window if day in running and not any(day in one for one in away)]
    assert bool(between(asked, given)) == (not suits)
    assert first_day_of(asked, given) == (DAY + suits[0] * DAYS if suits else None)


def test_what_a_request_asks_is_read_from_its_rows(build, today):
    manager = build.person(email="Boss@Nowhere.example")
    request = build.request(networks=[build.network(), build.network()])
    request.excluded = [
        ExcludedMentor(kind=ExclusionKind.LINE_MANAGER, name="Known", mentor_id=manager.id),
        ExcludedMentor(kind=ExclusionKind.CONFLICT, name="By mail", email="Other@Nowhere.example"),
    ]
    assert Asked.by(request, today) == Asked(
        takes_part=True,
        learner_id=request.learner_id,
        level=Level.PGCERT,
        network_ids=frozenset(network.id for network in request.networks),
        profession=Profession.NURSE,
        excluded_ids=frozenset({manager.id}),
        excluded_emails=frozenset({"other@nowhere.example"}),
        perhaps_excluded=(Named("By mail"),),
        window=(today, today + 120 * DAYS),
        today=today,
    )


def test_what_an_opening_gives_is_read_from_its_rows(build, today):
    opening = build.opening(
        mentor=build.mentor(email="Mentor@Nowhere.example"),
        levels=[Level.PGDIP],
        professions=[Profession.DOCTOR],
        state=OpeningState.PAUSED,
        study=build.study(status=StudyStatus.STOPPED),
    )
    opening.mentor.mentor_profile.absences = [MentorAbsence(starts_on=today, ends_on=today + DAYS)]
    assert Given.by(opening) == Given(
        opening_id=opening.id,
        state=OpeningState.PAUSED,
        takes_learners=False,
        levels=frozenset({Level.PGDIP}),
        network_id=opening.network_id,
        professions=frozenset({Profession.DOCTOR}),
        mentor_id=opening.mentor_id,
        mentor_takes_part=True,
        mentor_name=opening.mentor.name,
        mentor_email="mentor@nowhere.example",
        first_day=today + 30 * DAYS,
        last_start=today + 300 * DAYS - timedelta(weeks=4),
        absences=((today, today + DAYS),),
    )


def test_a_request_that_is_hardly_begun_and_a_mentor_without_a_profile_can_be_read(build, today):
    person = build.person()
    request = build.request(person, module=build.programme().modules[0], start_from=None)
    request.module = None
    asked = Asked.by(request, today)
    assert (asked.level, asked.profession, asked.network_ids, asked.window) == (None, None, frozenset(), None)
    assert Given.by(build.opening(mentor=build.person())).absences == ()


@pytest.mark.parametrize("missing", ["start_from", "start_until"])
def test_a_window_needs_both_its_days(build, today, missing):
    assert Asked.by(build.request(**{missing: None}), today).window is None


def test_many_pairs_are_judged_as_each_alone(build, session, today):
    network = build.network()
    requests = [build.request(networks=[network]), build.request(networks=[build.network()])]
    openings = [build.opening(network=network), build.opening(network=network, levels=[Level.PGDIP])]
    build.offer(opening=openings[0])
    for held in (None, Held.on(session, today)):
        known = Obstacles(today, held)
        found = {(r.id, o.id): known.of(r, o) for r in requests for o in openings}
        assert found == {(r.id, o.id): obstacles(r, o, today, held) for r in requests for o in openings}
        assert (Obstacle.NO_PLACE in found[requests[0].id, openings[0].id]) == (held is not None)


def test_a_mentor_who_is_away_until_the_end_of_time_is_away():
    given_ = replace(GIVEN, absences=((DAY, date.max),))
    assert first_day_of(ASKED, given_) is None
    assert between(ASKED, given_) == (Obstacle.MENTOR_AWAY,)
