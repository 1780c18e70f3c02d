"""What an unplaced learner hears agrees with how many openings it is about and with what closed them."""

from collections import Counter

import pytest

from app.phrasebook.unplaced import beside_own_request, with_openings, without_opening
from app.rules.eligibility import Obstacle
from app.rules.nearest_change import Wish
from matching import UnplacedKind


@pytest.mark.parametrize(
    ("number", "kind", "sentence"),
    [
        (1, UnplacedKind.FULL, "The only opening that fits you was filled by other learners."),
        (2, UnplacedKind.FULL, "Both openings that fit you were filled by other learners."),
        (
            3,
            UnplacedKind.HOURS,
            "All 3 openings that fit you were filled, or the mentor’s hours were used up by other learners.",
        ),
        (
            1,
            UnplacedKind.MINIMUM,
            "The only opening that fits you was filled, or would start only with more learners.",
        ),
        (
            3,
            UnplacedKind.AIMS,
            "An opening that fits you has a place left, but giving it to you would have been worse for the aims of "
            "this round, which come in a fixed order. Your coordinator can explain how.",
        ),
    ],
)
def test_a_learner_with_openings_hears_what_became_of_them(number, kind, sentence):
    assert with_openings(number, kind) == sentence


@pytest.mark.parametrize(
    ("hindered", "sentence"),
    [
        ({}, "No opening at your level was offered in the networks that you can reach (Wessex, London)."),
        ({Obstacle.NO_PLACE: 1}, "The only opening in the networks that you can reach had no place left."),
        (
            {Obstacle.MENTOR_AWAY: 2},
            "Both openings in the networks that you can reach have mentors who are away when you can start.",
        ),
        ({Wish.NOT_LISTED: 1200}, "All 1,200 openings in the networks that you can reach are not on your list."),
        (
            {Obstacle.CLOSES_BEFORE: 1, Obstacle.PROFESSION: 2},
            "Of the 3 openings in the networks that you can reach, 2 do not accept your profession; "
            "1 closes before you can start.",
        ),
    ],
)
def test_a_learner_without_openings_hears_what_kept_them_from_her(hindered, sentence):
    assert without_opening(["Wessex", "London"], Counter(hindered)) == sentence


@pytest.mark.parametrize(
    ("number", "begins"),
    [
        (1, "The only opening that fits this request was given to your other request."),
        (2, "Both openings that fit this request were filled by other learners, or given to your other request."),
        (3, "All 3 openings that fit this request were filled by other learners, or given to your other request."),
    ],
)
def test_a_learner_with_two_requests_hears_that_the_other_one_has_the_opening(number, begins):
    assert beside_own_request(number) == f"{begins} Two modules need two openings."
