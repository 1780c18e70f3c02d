"""Advice is exact: whatever change is named, done as the learner would do it, opens as many openings as were said."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.organisations import Network
from app.models.programmes import Level
from app.models.studies import Opening, OpeningState
from app.models.values.neighbours import borders_between
from app.models.values.registration import Profession
from app.rules.advice.changes import Candidate, Wishes, hindrances, number_fitting
from app.rules.advice.nearest_change import CHANGEABLE, nearest_of, own_changes
from app.rules.eligibility import Asked, Given, Named, Obstacle

TODAY = date(2026, 3, 3)
NAMES = ("South West Peninsula", "South West Central", "South Central", "North West", "A network of tomorrow")
NETWORKS = [Network(id=number, name=name) for number, name in enumerate(NAMES, 1)]
LEVELS = [Level.PGCERT, Level.PGDIP]
PROFESSIONS = [Profession.NURSE, Profession.DENTIST]

days = st.integers(-60, 500).map(lambda number: TODAY + timedelta(days=number))


def subsets(of, **sizes):
    return st.lists(st.sampled_from(of), unique=True, **sizes).map(frozenset)


@st.composite
def windows(draw):
    begins = TODAY + timedelta(days=draw(st.integers(-30, 120)))
    return begins, max(begins, TODAY) + timedelta(days=draw(st.integers(0, 120)))


@st.composite
def candidates(draw, number):
    begins, network = draw(days), draw(st.sampled_from(NETWORKS))
    absences = draw(st.lists(st.tuples(days, st.integers(0, 90)), max_size=2))
    read = Given(
        opening_id=number,
        state=draw(st.sampled_from([OpeningState.PUBLISHED, OpeningState.PUBLISHED, OpeningState.PAUSED])),
        takes_learners=draw(st.sampled_from([True, True, True, False])),
        levels=draw(subsets(LEVELS, min_size=1)),
        network_id=network.id,
        professions=draw(subsets(PROFESSIONS)),
        mentor_id=draw(st.integers(1, 5)),
        mentor_takes_part=draw(st.sampled_from([True, True, True, False])),
        mentor_name=draw(st.sampled_from(["Jane Example", "Pat Smith", "Pat Smith"])),
        mentor_email=f"m{number}@nowhere.example",
        first_day=begins,
        last_start=begins + timedelta(days=draw(st.integers(-10, 200))),
        absences=tuple((day, day + timedelta(days=length)) for day, length in absences),
    )
    return Candidate(Opening(id=number, network_id=network.id, network=network), read, draw(st.integers(0, 2)))


@st.composite
def situations(draw):
    """What one learner asks, and up to twelve openings."""
    asked = Asked(
        takes_part=True,
        learner_id=99,
        level=draw(st.sampled_from([*LEVELS, None])),
        network_ids=frozenset(one.id for one in draw(subsets(NETWORKS))),
        profession=draw(st.sampled_from([*PROFESSIONS, None])),
        excluded_ids=draw(subsets([1, 2])),
        excluded_emails=frozenset(),
        perhaps_excluded=draw(st.sampled_from([(), (), (Named("Jane Example"),)])),
        window=draw(st.none() | windows()),
        today=TODAY,
    )
    several = [draw(candidates(number)) for number in range(1, draw(st.integers(0, 12)) + 1)]
    wishes = Wishes(asked, draw(subsets(range(1, 13), max_size=4)), draw(st.sampled_from([True, True, False])))
    return wishes, several


def homes_of(wishes):
    return [network.name for network in NETWORKS if network.id in wishes.asked.network_ids]


def done_by_her(wishes, change):
    """Her wishes after she has ticked one more network, moved one of her dates or let the round choose."""
    asked = wishes.asked
    if change.network is not None:
        asked = replace(asked, network_ids={*asked.network_ids, change.network.id})
    if change.day is not None:
        begins, ends = asked.window
        asked = replace(asked, window=(change.day, ends) if change.day < begins else (begins, change.day))
    return replace(wishes, asked=asked, takes_any_other=wishes.takes_any_other or change.takes_any_other)


@given(situations())
def test_as_many_fit_after_a_change_of_hers_as_were_said(situation):
    wishes, several = situation
    before = number_fitting(wishes, several)
    for found in own_changes(wishes, several, homes_of(wishes), TODAY):
        assert found.change
        after = number_fitting(done_by_her(wishes, found.change), several)
        assert after == before + len(found.openings)
        assert found.openings
        assert not found.change.of_openings


@given(situations())
def test_no_day_is_in_the_past_or_one_that_she_has_named_already(situation):
    wishes, several = situation
    found = [*own_changes(wishes, several, homes_of(wishes), TODAY), nearest_of(wishes, several, [], TODAY)]
    days_named = [one.change.day for one in found if one and one.change and one.change.day]
    for day in days_named:
        begins, ends = wishes.asked.window
        assert day >= TODAY
        assert not begins <= day <= ends


@given(situations())
def test_a_network_that_is_named_lies_as_near_as_any_that_would_help(situation):
    wishes, several = situation
    homes = homes_of(wishes)
    helpful = {one.opening.network.name for one in several if hindrances(wishes, one) == (Obstacle.NETWORK,)}
    changes = [one.change for one in own_changes(wishes, several, homes, TODAY)]
    named = [change.network for change in changes if change and change.network]
    assert bool(named) == bool(helpful)
    for network in named:
        assert borders_between(homes, network.name) == min(borders_between(homes, name) for name in helpful)


@given(situations())
def test_the_nearest_change_of_anybody_opens_exactly_the_openings_that_are_named(situation):
    wishes, several = situation
    nearest = nearest_of(wishes, several, homes_of(wishes), TODAY)
    assert (nearest is None) == all(not hindrances(wishes, one) for one in several)
    if nearest is None:
        return
    assert nearest.openings
    assert nearest.can_be_changed == any(CHANGEABLE.issuperset(found) for found in stand_between(wishes, several))
    if nearest.change:
        after = done_by_her(wishes, nearest.change)
        changed = [with_its_own_part(one, nearest, wishes) for one in several]
        assert number_fitting(after, changed) == number_fitting(wishes, several) + len(nearest.openings)
        assert len(nearest.hindrances) == min(
            len(found) for found in stand_between(wishes, several) if CHANGEABLE.issuperset(found)
        )


def stand_between(wishes, several):
    return [found for one in several if (found := hindrances(wishes, one))]


def with_its_own_part(candidate, nearest, wishes):
    """One of the named openings as it would be after its mentor or coordinator did her part; others stay."""
    if candidate.opening not in nearest.openings:
        return candidate
    gone, read = nearest.change.of_openings, candidate.given
    if Obstacle.NOT_PUBLISHED in gone:
        read = replace(read, state=OpeningState.PUBLISHED)
    if Obstacle.LEVEL in gone:
        read = replace(read, levels=frozenset(LEVELS))
    if Obstacle.PROFESSION in gone:
        read = replace(read, professions=frozenset(PROFESSIONS))
    if Obstacle.PERHAPS_EXCLUDED in gone:
        read = replace(read, mentor_name="Somebody Else")
    if Obstacle.CLOSES_BEFORE in gone:
        read = replace(read, last_start=TODAY + timedelta(days=2000))
    if Obstacle.STARTS_AFTER in gone:
        read = replace(read, first_day=TODAY - timedelta(days=1000), last_start=TODAY + timedelta(days=1000))
    if Obstacle.MENTOR_AWAY in gone:
        read = replace(read, absences=())
    return replace(candidate, given=read, places=candidate.places or (1 if Obstacle.NO_PLACE in gone else 0))


def opening_that_starts(number, day):
    read = Given(
        opening_id=number,
        state=OpeningState.PUBLISHED,
        takes_learners=True,
        levels=frozenset(LEVELS),
        network_id=1,
        professions=frozenset(),
        mentor_id=number,
        mentor_takes_part=True,
        mentor_name="Pat Smith",
        mentor_email=f"m{number}@x.example",
        first_day=day,
        last_start=day + timedelta(days=90),
        absences=(),
    )
    return Candidate(Opening(id=number, network_id=1, network=NETWORKS[0]), read, 1)


def test_of_many_days_one_is_named_that_reaches_half_of_what_is_near_and_only_what_it_reaches_is_counted():
    window = (TODAY, TODAY + timedelta(days=30))
    asked = Asked(
        takes_part=True,
        learner_id=99,
        level=Level.PGCERT,
        network_ids=frozenset({1}),
        profession=Profession.NURSE,
        excluded_ids=frozenset(),
        excluded_emails=frozenset(),
        perhaps_excluded=(),
        window=window,
        today=TODAY,
    )
    starts = [window[1] + timedelta(days=number) for number in (10, 20, 30, 40, 200)]
    several = [opening_that_starts(number, day) for number, day in enumerate(starts, 1)]
    [found] = own_changes(Wishes(asked), several, [NAMES[0]], TODAY)
    assert found.change
    assert (found.change.day, len(found.openings)) == (starts[1], 2)
    [far] = own_changes(Wishes(asked), several[-1:], [NAMES[0]], TODAY)
    assert far.change
    assert (far.change.day, len(far.openings)) == (starts[-1], 1)
