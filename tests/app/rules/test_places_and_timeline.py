"""Places that are left within three limits, and the record of placements in order of time."""

from datetime import timedelta

import pytest

from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.people import MentorProfile, Person
from app.models.placements import PlacementState
from app.models.studies import Opening, Study
from app.models.supervision import SessionForm, SupervisionSession
from app.rules.capacity import Held
from app.rules.timeline import moments_of, number_on_record, workplace_steps

DAYS = timedelta(days=1)


@pytest.mark.parametrize(
    ("places", "learners_max", "learner_limit", "held", "left"),
    [
        (3, 5, None, (0, 0, 0), 3),
        (3, 5, None, (1, 1, 9), 2),
        (3, 5, None, (1, 4, 1), 1),
        (3, 5, 4, (0, 0, 3), 1),
        (3, 5, 4, (0, 0, 4), 0),
        (3, 5, 4, (0, 0, 6), 0),
        (3, None, 4, (1, 9, 1), 2),
        (0, 5, None, (0, 0, 0), 0),
    ],
)
def test_the_smallest_of_three_limits_counts_and_nothing_is_less_than_nothing(
    places, learners_max, learner_limit, held, left
):
    mentor = Person(mentor_profile=None if learners_max is None else MentorProfile(learners_max=learners_max))
    study = Study(learner_limit=learner_limit)
    opening = Opening(id=1, mentor_id=2, study_id=3, places=places, mentor=mentor, study=study)
    by_opening, by_mentor, by_study = ({key: number} for key, number in zip((1, 2, 3), held, strict=True))
    assert Held(by_opening, by_mentor, by_study).places_left(opening) == left
    assert Held({}, {}, {}).places_left(opening) == min(
        limit for limit in (places, learners_max, learner_limit) if limit is not None
    )


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({}, 2),
        ({"ends_on": 0}, 2),
        ({"ends_on": -1}, 3),
        ({"state": PlacementState.ENDED}, 3),
    ],
)
def test_a_placement_takes_a_place_until_its_last_day(build, session, today, given, left):
    """An accepted offer holds nothing by itself: its placement does."""
    if "ends_on" in given:
        given = {"ends_on": today + given["ends_on"] * DAYS}
    opening = build.placement(mentor=build.mentor(learners_max=9), **given).opening
    opening.places = 3
    session.flush()
    assert Held.on(session, today).places_left(opening) == left


def test_offers_and_placements_are_added_up(build, session, today):
    placement = build.placement(mentor=build.mentor(learners_max=9))
    build.offer(opening=placement.opening)
    build.offer(opening=build.opening(mentor=placement.mentor))
    build.offer(opening=build.opening(study=placement.opening.study))
    held = Held.on(session, today)
    assert held.by_opening[placement.opening_id] == 2
    assert held.by_mentor[placement.mentor_id] == 3
    assert held.by_study[placement.opening.study_id] == 3


def entry(placement, day, **given):
    values = {"category": HoursCategory.WORKPLACE, "minutes": 60, "did": "Screening.", **given}
    return HoursEntry(
        placement=placement,
        state=HoursState.SUBMITTED,
        worked_on=day,
        logged_at=placement.agreed_at,
        form_key=f"{placement.id} {day} {given}",
        **values,
    )


def meeting(placement, day, **given):
    return SupervisionSession(
        placement=placement,
        held_on=day,
        minutes=30,
        form=SessionForm.VIDEO,
        topics="Consent.",
        logged_by_id=placement.mentor_id,
        logged_at=placement.agreed_at,
        form_key=f"{placement.id} {day} {given}",
        **given,
    )


def test_the_latest_day_stands_first_and_within_a_day_the_session_and_what_was_logged_last(build, session, today, now):
    placement, other = build.placement(), build.placement()
    early, late, later = (
        entry(placement, today - 3 * DAYS),
        entry(placement, today),
        entry(placement, today, minutes=15),
    )
    met, met_again = meeting(placement, today), meeting(placement, today - DAYS, confirmed_at=now)
    theirs = entry(other, today)
    for row in (late, early, met, met_again, later, theirs):
        session.add(row)
        session.flush()
    found = moments_of(session, placement)
    assert [moment.session or moment.entry for moment in found] == [met, later, late, met_again, early]
    assert [moment.day for moment in found] == [today, today, today, today - DAYS, today - 3 * DAYS]
    assert [moments_of(session, placement, first, 2) for first in (0, 2, 4, 6)] == [
        found[:2],
        found[2:4],
        found[4:],
        [],
    ]
    assert number_on_record(session, placement) == 5
    assert [moment.entry for moment in moments_of(session, other)] == [theirs]
    assert (moments_of(session, build.placement()), number_on_record(session, build.placement())) == ([], 0)


@pytest.mark.parametrize(
    ("moments", "counts"),
    [
        ({}, False),
        ({"confirmed_at": True}, True),
        ({"disputed_at": True}, False),
        ({"confirmed_at": True, "withdrawn_at": True}, False),
    ],
)
def test_a_session_counts_once_it_is_confirmed_and_as_long_as_it_is_not_withdrawn(
    build, session, today, now, moments, counts
):
    placement = build.placement()
    session.add(meeting(placement, today, **dict.fromkeys(moments, now)))
    session.flush()
    [moment] = moments_of(session, placement)
    assert moment.counts == counts


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_an_entry_counts_until_it_is_withdrawn(build, session, today, now, is_withdrawn):
    placement = build.placement()
    session.add(entry(placement, today, withdrawn_at=now if is_withdrawn else None))
    session.flush()
    [moment] = moments_of(session, placement)
    assert moment.counts == (not is_withdrawn)


def test_only_what_counts_in_the_workplace_makes_a_step(build, session, today, now):
    placement = build.placement()
    entries = [
        entry(placement, today, minutes=30),
        entry(placement, today - DAYS, minutes=60),
        entry(placement, today, minutes=400, category=HoursCategory.TEACHING),
        entry(placement, today, minutes=500, withdrawn_at=now),
    ]
    session.add_all(entries)
    session.flush()
    assert workplace_steps(session, placement) == [(today - DAYS, 60), (today, 90)]
