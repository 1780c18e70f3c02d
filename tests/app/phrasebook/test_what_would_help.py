"""What would help is said with the facts of the case, and nothing is promised that nobody may change."""

from datetime import date

import pytest

from app.models.values.registration import Profession
from app.phrasebook.obstacles import PHRASES
from app.phrasebook.what_would_help import NEXT_ROUND, advice_on, change_in_words, condition, next_step
from app.rules.eligibility import Obstacle
from app.rules.nearest_change import FIXED, Nearest, Wish

CONDITIONS = {
    Obstacle.NOT_PUBLISHED: "the mentor published it again",
    Obstacle.PERHAPS_EXCLUDED: "it turned out that the mentor is not the person whom the learner named",
    Obstacle.LEVEL: "it were also for PGCert",
    Obstacle.NETWORK: "the learner could also go to another network, like Wessex (2 openings)",
    Obstacle.PROFESSION: "the mentor also accepted the profession “dentist”",
    Obstacle.CLOSES_BEFORE: "the learner could start earlier or it ran for longer",
    Obstacle.STARTS_AFTER: "the learner could also start on 4 May 2026",
    Obstacle.MENTOR_AWAY: "the mentor were not away during all of the learner’s start window",
    Obstacle.NO_PLACE: "there were one more place",
    Wish.NOT_LISTED: "the learner also took openings that are not on the list",
}
ADVICE = {
    Obstacle.NETWORK: "If you can also go to another network, like Wessex (2 openings), 3 more openings would fit you.",
    Obstacle.PROFESSION: "Your coordinator can ask mentors whether they would take your profession too.",
    Obstacle.CLOSES_BEFORE: "If you can start earlier, 3 more openings would fit you.",
    Obstacle.STARTS_AFTER: "If you can also start on 4 May 2026, 3 more openings would fit you.",
    Wish.NOT_LISTED: "If you let the round give you any opening that fits, 3 more openings would fit you.",
}


@pytest.fixture
def near(build):
    wessex, london = build.network("Wessex"), build.network("London")
    later = {"ends_on": date(2027, 5, 1)}
    return (
        build.opening(network=wessex, starts_on=date(2026, 6, 1), **later),
        build.opening(network=wessex, starts_on=date(2026, 5, 4), **later),
        build.opening(network=london, starts_on=date(2026, 7, 1), **later),
    )


@pytest.fixture
def request_of_a_dentist(build):
    asked = build.request()
    asked.learner.learner_profile.profession = Profession.DENTIST
    return asked


@pytest.mark.parametrize("hindrance", PHRASES)
def test_the_coordinator_reads_what_would_have_to_be_different(hindrance, request_of_a_dentist, near):
    words = condition(hindrance, request_of_a_dentist, near)
    assert words == CONDITIONS.get(hindrance, "")
    told = change_in_words(request_of_a_dentist, Nearest((hindrance,), near))
    if hindrance in FIXED:
        assert told.startswith("No single change helps:")
    else:
        assert told == f"3 openings would fit if {words}."


@pytest.mark.parametrize("hindrance", PHRASES)
def test_a_learner_is_told_what_is_hers_to_change_and_that_she_can_ask_again(hindrance, near):
    assert advice_on(hindrance, near) == ADVICE.get(hindrance, "")
    assert next_step(Nearest((hindrance,), near)) == f"{ADVICE.get(hindrance, '')} {NEXT_ROUND}".strip()


def test_two_changes_are_named_to_the_coordinator_and_no_advice_is_given(request_of_a_dentist, near):
    both = Nearest((Obstacle.NO_PLACE, Obstacle.CLOSES_BEFORE), near[:1])
    assert change_in_words(request_of_a_dentist, both) == (
        "1 opening would fit if there were one more place and the learner could start earlier or it ran for longer."
    )
    assert next_step(both) == next_step(None) == NEXT_ROUND


def test_where_there_is_no_opening_nothing_is_promised_but_the_next_round(request_of_a_dentist):
    assert change_in_words(request_of_a_dentist, None) == "No mentor has published an opening in this round yet."
    assert next_step(None) == (
        "You can ask again for the next round from your home page; your answers are kept, so that is quickly done."
    )
