"""Everything that can stand between a learner and an opening, in each of the voices it is said in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.language.numbers import plural
from app.rules.advice.changes import Hindrance, Wish
from app.rules.eligibility import Obstacle


@dataclass(frozen=True, slots=True)
class Phrases:
    """One hindrance in words.

    `to_learner` and `to_coordinator` are clauses about one opening. `of_opening`, `of_openings` and `of_learners` are
    read after a number of them; the first two are said to the learner. `if_changed` is read after "1 opening would fit
    if", `if_all_changed` after a larger number, with the facts of the case filled in; both are empty where the change
    is nobody's to make.
    """

    to_learner: str
    to_coordinator: str
    of_opening: str
    of_openings: str
    of_learners: str
    if_changed: str = ""
    if_all_changed: str = ""


PHRASES: Mapping[Hindrance, Phrases] = {
    Obstacle.LEARNER_GONE: Phrases(
        to_learner="you no longer take part here as a learner",
        to_coordinator="the learner no longer takes part",
        of_opening="would fit if you took part here as a learner",
        of_openings="would fit if you took part here as a learner",
        of_learners="who no longer take part",
    ),
    Obstacle.MENTOR_GONE: Phrases(
        to_learner="its mentor no longer takes part",
        to_coordinator="the mentor no longer takes part",
        of_opening="is with a mentor who no longer takes part",
        of_openings="are with mentors who no longer take part",
        of_learners="who come after its mentor has left",
    ),
    Obstacle.WITHDRAWN: Phrases(
        to_learner="its mentor has withdrawn it",
        to_coordinator="the mentor has withdrawn the opening",
        of_opening="was withdrawn by its mentor",
        of_openings="were withdrawn by their mentors",
        of_learners="who come after it was withdrawn",
    ),
    Obstacle.NOT_PUBLISHED: Phrases(
        to_learner="it is not published at the moment",
        to_coordinator="the opening is not published at the moment",
        of_opening="is not published at the moment",
        of_openings="are not published at the moment",
        of_learners="who would have to wait until it is published",
        if_changed="the mentor published it again",
        if_all_changed="their mentors published them again",
    ),
    Obstacle.STUDY_CLOSED: Phrases(
        to_learner="its study no longer takes anybody",
        to_coordinator="the study no longer takes anybody",
        of_opening="is on a study that takes nobody any more",
        of_openings="are on studies that take nobody any more",
        of_learners="who come after its study closed",
    ),
    Obstacle.LEVEL: Phrases(
        to_learner="it is for another level",
        to_coordinator="the opening is for another level",
        of_opening="is for another level",
        of_openings="are for another level",
        of_learners="of a level that it is not for",
        if_changed="it were also for {level}",
        if_all_changed="they were also for {level}",
    ),
    Obstacle.NETWORK: Phrases(
        to_learner="it is in a network that you did not choose",
        to_coordinator="the opening is in a network that the learner did not choose",
        of_opening="is in a network that you did not choose",
        of_openings="are in networks that you did not choose",
        of_learners="who did not choose its network",
        if_changed="the learner could also go to {network}",
        if_all_changed="the learner could also go to {network}",
    ),
    Obstacle.PROFESSION: Phrases(
        to_learner="it does not accept your profession",
        to_coordinator="the opening does not accept the learner’s profession",
        of_opening="does not accept your profession",
        of_openings="do not accept your profession",
        of_learners="of a profession that it does not accept",
        if_changed="the mentor also accepted the profession “{profession}”",
        if_all_changed="their mentors also accepted the profession “{profession}”",
    ),
    Obstacle.EXCLUDED: Phrases(
        to_learner="its mentor is somebody who must not mentor you",
        to_coordinator="the mentor is somebody who must not mentor this learner",
        of_opening="is with somebody who must not mentor you",
        of_openings="are with somebody who must not mentor you",
        of_learners="who must not be mentored by this mentor",
    ),
    Obstacle.PERHAPS_EXCLUDED: Phrases(
        to_learner="its mentor may be somebody whom you named; your coordinator finds out",
        to_coordinator="the mentor may be somebody whom the learner named: say first whether it is the same person",
        of_opening="is with somebody who may be a person whom you named",
        of_openings="are with somebody who may be a person whom you named",
        of_learners="who named somebody who may be its mentor",
        if_changed="it turned out that the mentor is not the person whom the learner named",
        if_all_changed="it turned out that none of the mentors is a person whom the learner named",
    ),
    Obstacle.CONFLICT: Phrases(
        to_learner="a conflict of interest is recorded between you and its mentor",
        to_coordinator="a conflict is recorded between the learner and the mentor, and no exception lifts it",
        of_opening="is with somebody with whom a conflict of interest is recorded",
        of_openings="are with somebody with whom a conflict of interest is recorded",
        of_learners="with whom its mentor has a recorded conflict",
    ),
    Obstacle.CLOSES_BEFORE: Phrases(
        to_learner="it closes before you can start",
        to_coordinator="the opening closes before the learner can start",
        of_opening="closes before you can start",
        of_openings="close before you can start",
        of_learners="who can start only after it closes",
        if_changed="it ran for longer",
        if_all_changed="they ran for longer",
    ),
    Obstacle.STARTS_AFTER: Phrases(
        to_learner="it starts later than you can",
        to_coordinator="the opening starts later than the learner can",
        of_opening="starts later than you can",
        of_openings="start later than you can",
        of_learners="who want to start before it begins",
        if_changed="it began earlier and ran for long enough",
        if_all_changed="they began earlier and ran for long enough",
    ),
    Obstacle.MENTOR_AWAY: Phrases(
        to_learner="its mentor is away when you can start",
        to_coordinator="the mentor is away when the learner can start",
        of_opening="has a mentor who is away when you can start",
        of_openings="have mentors who are away when you can start",
        of_learners="who can start only while the mentor is away",
        if_changed="the mentor were not away during all of the learner’s start window",
        if_all_changed="their mentors were not away during all of the learner’s start window",
    ),
    Obstacle.ALREADY_THERE: Phrases(
        to_learner="you have, or are offered, a place on it already",
        to_coordinator="the learner has, or is offered, a place on it already",
        of_opening="has a place for you already",
        of_openings="have a place for you already",
        of_learners="who have a place on it already",
    ),
    Obstacle.NO_PLACE: Phrases(
        to_learner="it has no room for another learner",
        to_coordinator="the opening, its mentor or its study has no room for another learner",
        of_opening="had no place left",
        of_openings="had no place left",
        of_learners="for whom it has no place left",
        if_changed="there were one more place",
        if_all_changed="each had one more place",
    ),
    Wish.NOT_LISTED: Phrases(
        to_learner="it is not on your list, and you take no others",
        to_coordinator="the opening is not on the list, and the learner takes no others",
        of_opening="is not on your list",
        of_openings="are not on your list",
        of_learners="whose list it is not on and who take no others",
        if_changed="the learner also took openings that are not on the list",
        if_all_changed="the learner also took openings that are not on the list",
    ),
}


def to_learner(hindrance: Hindrance) -> str:
    """A clause about one opening, said to the learner: "it closes before you can start"."""
    return PHRASES[hindrance].to_learner


def to_coordinator(hindrance: Hindrance) -> str:
    """The same about the learner: "the opening closes before the learner can start"."""
    return PHRASES[hindrance].to_coordinator


def all_to_learner(hindrances: Iterable[Hindrance]) -> str:
    """Several of them about one opening, said to the learner."""
    return ", and ".join(map(to_learner, hindrances))


def sentence(clause: str) -> str:
    return f"{clause[0].upper()}{clause[1:]}."


def of_openings(hindrance: Hindrance, number: int) -> str:
    """What a number of openings have in common, said to the learner: "close before you can start"."""
    return plural(number, PHRASES[hindrance].of_opening, PHRASES[hindrance].of_openings)


def of_learners(hindrance: Hindrance) -> str:
    """What a number of learners have in common: "who can start only after it closes"."""
    return PHRASES[hindrance].of_learners
