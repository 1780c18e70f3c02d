"""What would help is said with the facts of the case, and nothing is promised that nobody may change."""

from datetime import date

import pytest

from app.models.values.registration import Profession
from app.phrasebook.obstacles import PHRASES
from app.phrasebook.what_would_help import (
    ABOUT_PROFESSION,
    NEXT_ROUND,
    advice_on,
    change_in_words,
    condition,
    next_step,
)
from app.rules.advice.changes import Change, Wish
from app.rules.advice.nearest_change import CHANGEABLE, Nearest
from app.rules.eligibility import Obstacle

ONE_AND_ALL = {
    Obstacle.NOT_PUBLISHED: ("the mentor published it again", "their mentors published them again"),
    Obstacle.LEVEL: ("it were also for PGCert", "they were also for PGCert"),
    Obstacle.NETWORK: ("the learner could also go to Wessex", "the learner could also go to Wessex"),
    Obstacle.PROFESSION: (
        "the mentor also accepted the profession “dentist”",
        "their mentors also accepted the profession “dentist”",
    ),
    Obstacle.PERHAPS_EXCLUDED: (
        "it turned out that the mentor is not the person whom the learner named",
        "it turned out that none of the mentors is a person whom the learner named",
    ),
    Obstacle.CLOSES_BEFORE: ("it ran for longer", "they ran for longer"),
    Obstacle.STARTS_AFTER: (
        "it began earlier and ran for long enough",
        "they began earlier and ran for long enough",
    ),
    Obstacle.MENTOR_AWAY: (
        "the mentor were not away during all of the learner’s start window",
        "their mentors were not away during all of the learner’s start window",
    ),
    Obstacle.NO_PLACE: ("there were one more place", "each had one more place"),
    Wish.NOT_LISTED: (
        "the learner also took openings that are not on the list",
        "the learner also took openings that are not on the list",
    ),
}
DAY = Change(day=date(2026, 5, 4))


@pytest.fixture
def wessex(build):
    return build.network("Wessex")


@pytest.fixture
def near(build, wessex):
    return tuple(build.opening(network=wessex) for _ in range(3))


@pytest.fixture
def request_of_a_dentist(build):
    asked = build.request()
    asked.learner.learner_profile.profession = Profession.DENTIST
    return asked


@pytest.mark.parametrize("hindrance", PHRASES)
def test_the_coordinator_reads_what_would_have_to_be_different(hindrance, request_of_a_dentist, near, wessex):
    change = Change(network=wessex)
    one, several = ONE_AND_ALL.get(hindrance, ("", ""))
    assert condition(hindrance, change, request_of_a_dentist, 1) == one
    assert condition(hindrance, change, request_of_a_dentist, 2) == several
    if hindrance in CHANGEABLE:
        told = [change_in_words(request_of_a_dentist, Nearest((hindrance,), near[:n], change)) for n in (1, 3)]
        assert told == [f"1 opening would fit if {one}.", f"3 openings would fit if {several}."]
    else:
        refused = change_in_words(request_of_a_dentist, Nearest((hindrance,), near))
        assert refused.startswith("No single change helps:")


@pytest.mark.parametrize("hindrance", [Obstacle.CLOSES_BEFORE, Obstacle.STARTS_AFTER, Obstacle.MENTOR_AWAY])
def test_a_day_that_would_do_is_named_whatever_stands_in_the_way_of_the_dates(hindrance, request_of_a_dentist, near):
    assert change_in_words(request_of_a_dentist, Nearest((hindrance,), near, DAY)) == (
        "3 openings would fit if the learner could also start on 4 May 2026."
    )


def test_several_changes_are_named_together(request_of_a_dentist, near, wessex):
    both = Nearest((Obstacle.NETWORK, Obstacle.STARTS_AFTER), near[:1], Change(network=wessex, day=DAY.day))
    assert change_in_words(request_of_a_dentist, both) == (
        "1 opening would fit if the learner could also go to Wessex and the learner could also start on 4 May 2026."
    )


def test_a_learner_is_told_what_she_would_do_and_how_many_openings_it_brings(near, wessex):
    changes = {
        "If you can also go to Wessex": Change(network=wessex),
        "If you can also start on 4 May 2026": DAY,
        "If you also take openings that are not on your list": Change(takes_any_other=True),
    }
    for words, change in changes.items():
        assert advice_on(Nearest((), near, change)) == f"{words}, 3 more openings would fit you."
        assert advice_on(Nearest((), near[:1], change)) == f"{words}, 1 more opening would fit you."
        assert advice_on(Nearest((), (), change)) == ""
    assert advice_on(Nearest((Obstacle.EXCLUDED,), near)) == ""


def test_after_a_round_the_number_is_about_that_round_and_asking_again_is_named(near):
    assert next_step(Nearest((), near, DAY), None) == (
        "If you can also start on 4 May 2026, 3 more openings of this round would have fitted you. "
        "You can ask again for the next round from your home page; your answers are kept, so that is quickly done."
    )


def test_where_nothing_is_hers_to_change_her_coordinator_can_ask_or_the_next_round_is_left(near):
    of_profession = Nearest((Obstacle.PROFESSION,), near, Change(of_openings=frozenset({Obstacle.PROFESSION})))
    assert next_step(None, of_profession) == f"{ABOUT_PROFESSION} {NEXT_ROUND}"
    assert next_step(None, Nearest((Obstacle.NO_PLACE,), near)) == next_step(None, None) == NEXT_ROUND


def test_where_there_is_no_opening_nothing_is_promised(request_of_a_dentist):
    assert change_in_words(request_of_a_dentist, None) == "No mentor has published an opening in this round yet."
