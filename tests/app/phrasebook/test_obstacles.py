"""Each hindrance is said to the learner as you, and about her to everybody else."""

import pytest

from app.phrasebook.obstacles import (
    PHRASES,
    all_to_learner,
    of_learners,
    of_openings,
    sentence,
    to_coordinator,
    to_learner,
)
from app.rules.advice.changes import Wish
from app.rules.eligibility import Obstacle

CLAUSES = {
    Obstacle.LEARNER_GONE: ("you no longer take part here as a learner", "the learner no longer takes part"),
    Obstacle.MENTOR_GONE: ("its mentor no longer takes part", "the mentor no longer takes part"),
    Obstacle.WITHDRAWN: ("its mentor has withdrawn it", "the mentor has withdrawn the opening"),
    Obstacle.PERHAPS_EXCLUDED: (
        "its mentor may be somebody whom you named; your coordinator finds out",
        "the mentor may be somebody whom the learner named: say first whether it is the same person",
    ),
    Obstacle.ALREADY_THERE: (
        "you have, or are offered, a place on it already",
        "the learner has, or is offered, a place on it already",
    ),
    Obstacle.NOT_PUBLISHED: (
        "it is not published at the moment",
        "the opening is not published at the moment",
    ),
    Obstacle.STUDY_CLOSED: (
        "its study no longer takes anybody",
        "the study no longer takes anybody",
    ),
    Obstacle.LEVEL: (
        "it is for another level",
        "the opening is for another level",
    ),
    Obstacle.NETWORK: (
        "it is in a network that you did not choose",
        "the opening is in a network that the learner did not choose",
    ),
    Obstacle.PROFESSION: (
        "it does not accept your profession",
        "the opening does not accept the learner’s profession",
    ),
    Obstacle.EXCLUDED: (
        "its mentor is somebody who must not mentor you",
        "the mentor is somebody who must not mentor this learner",
    ),
    Obstacle.CONFLICT: (
        "a conflict of interest is recorded between you and its mentor",
        "a conflict is recorded between the learner and the mentor, and no exception lifts it",
    ),
    Obstacle.CLOSES_BEFORE: (
        "it closes before you can start",
        "the opening closes before the learner can start",
    ),
    Obstacle.STARTS_AFTER: (
        "it starts later than you can",
        "the opening starts later than the learner can",
    ),
    Obstacle.MENTOR_AWAY: (
        "its mentor is away when you can start",
        "the mentor is away when the learner can start",
    ),
    Obstacle.NO_PLACE: (
        "it has no room for another learner",
        "the opening, its mentor or its study has no room for another learner",
    ),
    Wish.NOT_LISTED: (
        "it is not on your list, and you take no others",
        "the opening is not on the list, and the learner takes no others",
    ),
}
OF_OPENINGS = {
    Obstacle.LEARNER_GONE: ("would fit if you took part here as a learner",) * 2,
    Obstacle.MENTOR_GONE: (
        "is with a mentor who no longer takes part",
        "are with mentors who no longer take part",
    ),
    Obstacle.WITHDRAWN: ("was withdrawn by its mentor", "were withdrawn by their mentors"),
    Obstacle.PERHAPS_EXCLUDED: (
        "is with somebody who may be a person whom you named",
        "are with somebody who may be a person whom you named",
    ),
    Obstacle.ALREADY_THERE: ("has a place for you already", "have a place for you already"),
    Obstacle.NOT_PUBLISHED: ("is not published at the moment", "are not published at the moment"),
    Obstacle.STUDY_CLOSED: ("is on a study that takes nobody any more", "are on studies that take nobody any more"),
    Obstacle.LEVEL: ("is for another level", "are for another level"),
    Obstacle.NETWORK: ("is in a network that you did not choose", "are in networks that you did not choose"),
    Obstacle.PROFESSION: ("does not accept your profession", "do not accept your profession"),
    Obstacle.EXCLUDED: ("is with somebody who must not mentor you", "are with somebody who must not mentor you"),
    Obstacle.CONFLICT: (
        "is with somebody with whom a conflict of interest is recorded",
        "are with somebody with whom a conflict of interest is recorded",
    ),
    Obstacle.CLOSES_BEFORE: ("closes before you can start", "close before you can start"),
    Obstacle.STARTS_AFTER: ("starts later than you can", "start later than you can"),
    Obstacle.MENTOR_AWAY: (
        "has a mentor who is away when you can start",
        "have mentors who are away when you can start",
    ),
    Obstacle.NO_PLACE: ("had no place left", "had no place left"),
    Wish.NOT_LISTED: ("is not on your list", "are not on your list"),
}
OF_LEARNERS = {
    Obstacle.LEARNER_GONE: "who no longer take part",
    Obstacle.MENTOR_GONE: "who come after its mentor has left",
    Obstacle.WITHDRAWN: "who come after it was withdrawn",
    Obstacle.PERHAPS_EXCLUDED: "who named somebody who may be its mentor",
    Obstacle.ALREADY_THERE: "who have a place on it already",
    Obstacle.NOT_PUBLISHED: "who would have to wait until it is published",
    Obstacle.STUDY_CLOSED: "who come after its study closed",
    Obstacle.LEVEL: "of a level that it is not for",
    Obstacle.NETWORK: "who did not choose its network",
    Obstacle.PROFESSION: "of a profession that it does not accept",
    Obstacle.EXCLUDED: "who must not be mentored by this mentor",
    Obstacle.CONFLICT: "with whom its mentor has a recorded conflict",
    Obstacle.CLOSES_BEFORE: "who can start only after it closes",
    Obstacle.STARTS_AFTER: "who want to start before it begins",
    Obstacle.MENTOR_AWAY: "who can start only while the mentor is away",
    Obstacle.NO_PLACE: "for whom it has no place left",
    Wish.NOT_LISTED: "whose list it is not on and who take no others",
}


@pytest.mark.parametrize("hindrance", PHRASES)
def test_each_hindrance_is_said_in_each_voice(hindrance):
    assert (to_learner(hindrance), to_coordinator(hindrance)) == CLAUSES[hindrance]
    assert (of_openings(hindrance, 1), of_openings(hindrance, 2)) == OF_OPENINGS[hindrance]
    assert of_learners(hindrance) == OF_LEARNERS[hindrance]


@pytest.mark.parametrize("hindrance", PHRASES)
def test_nobody_but_the_learner_is_called_you(hindrance):
    phrases = PHRASES[hindrance]
    about_her = " ".join(
        (phrases.to_coordinator, phrases.of_learners, phrases.if_changed, phrases.if_all_changed)
    ).split()
    to_her = " ".join((phrases.to_learner, phrases.of_opening, phrases.of_openings))
    assert not {"you", "your"}.intersection(about_her)
    assert "the learner" not in to_her


def test_several_in_the_way_of_one_opening_are_said_together_and_one_can_stand_alone():
    both = all_to_learner([Obstacle.LEVEL, Obstacle.NO_PLACE])
    assert both == "it is for another level, and it has no room for another learner"
    assert sentence(to_learner(Obstacle.LEVEL)) == "It is for another level."
