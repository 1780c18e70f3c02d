"""What a learner is told of a better opening: true of all learners together, and nobody else can be found in it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.phrasebook.answers.explanations import FEW, LOTTERY, NO_ROOM, WORSE, to_learner
from app.rules.advice.forced import Forced
from matching import STAGES

OWN = 1
MOVED, LOST, GAINED = (10, 20), (10, None), (None, 20)


def facts(stages=(), moves=(), clash=None):
    """An answer of the engine for request 1, who would move from opening 5 to 6, with the moves of others."""
    others = [[2 + at, before, after, None, None] for at, (before, after) in enumerate(moves)]
    return {"stages": [list(stage) for stage in stages], "moves": [[OWN, 5, 6, 2, 1], *others], "clash": clash}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (facts([("placed", 9, 8)], [LOST]), "Giving you this place would have left one learner without a place."),
        (facts([("placed", 9, 7)], [LOST, LOST]), "Giving you this place would have left 2 learners without a place."),
        (facts([("placed", 9, 8)], [LOST, LOST, GAINED]), "Giving you this place would have placed one learner fewer."),
        (
            facts([("placed", 9, 9), ("score", 800, 790)], [MOVED]),
            "Giving you this place would have made the fit of interests worse, summed over all learners, and would "
            "have changed the place of some other learners.",
        ),
        (
            facts([("first_choices", [3, 2], [2, 4])], [MOVED] * 6),
            "Giving you this place would have given fewer learners one of their higher choices, and would have changed "
            "the place of 6 other learners.",
        ),
        (
            facts([("score", 800, 790)]),
            "Giving you this place would have made the fit of interests worse, summed over all learners.",
        ),
        (facts([("placed", 9, 9), ("score", 800, 800)], [MOVED]), LOTTERY),
        (facts(clash={"clash": [], "remedies": []}), NO_ROOM),
    ],
)
def test_the_first_aim_that_stood_against_it_is_told(told, sentence):
    assert to_learner(Forced.of(told, OWN)) == sentence


def test_every_aim_has_its_words():
    assert WORSE.keys() | {"placed", "lottery"} == set(STAGES)


moves = st.lists(st.sampled_from([MOVED, LOST, GAINED]), max_size=8)
stage = st.sampled_from([name for name in STAGES if name not in ("placed", "lottery")])


@given(stage, moves, st.integers(0, 900))
def test_neither_a_score_nor_a_small_number_of_others_is_told(name, others, after):
    sentence = to_learner(Forced.of(facts([(name, 901, after)], others), OWN))
    numbers = [int(number) for number in re.findall(r"\d+", sentence)]
    assert numbers == ([len(others)] if len(others) >= FEW else [])


@given(moves)
def test_as_many_are_said_to_be_left_without_a_place_as_there_are_places_fewer(others):
    lost, gained = others.count(LOST), others.count(GAINED)
    if lost <= gained:
        return
    forced = Forced.of(facts([("placed", 100, 100 - lost + gained)], others), OWN)
    assert (forced.fewer_placed, forced.losing) == (lost - gained, lost)
    number = lost - gained
    assert (" one learner" if number == 1 else f" {number} learners") in to_learner(forced)
