"""Why not a better opening, as the engine found by forcing it: in full to the coordinator, in counts to the learner."""

from collections.abc import Mapping

from app.language.numbers import count
from app.rules.advice.forced import Forced

FEW = 5  # of fewer others nobody is told how many they are
FIXED = "Your coordinator fixed your place before the round, so the round looked for no other."
NO_ROOM = (
    "It could not be given to you: with the pairings that were agreed before the round, and the limits of mentors and "
    "studies, you would have had no room there."
)
LOTTERY = "It would have been just as good for every aim of the round, so the lottery decided."
WORSE: Mapping[str, str] = {
    "first_choices": "would have given fewer learners one of their higher choices",
    "fewest_last": "would have left more learners far down their lists",
    "score": "would have made the fit of interests worse, summed over all learners",
    "rank_sum": "would have left the learners, taken together, further down their lists",
    "floor": "would have made the worst fit that anybody has worse",
    "even_load": "would have spread the learners less evenly over the mentors",
    "stay": "would have let fewer learners keep what was proposed to them before",
}


def to_learner(forced: Forced) -> str:
    """One sentence, in which nobody else is named or can be counted out."""
    if not forced.is_possible:
        return NO_ROOM
    if forced.stage is None:
        return LOTTERY
    if forced.stage == "placed":
        return f"Giving you this place would have {left_without(forced)}."
    return f"Giving you this place {WORSE[forced.stage]}{as_to_others(forced.others)}."


def left_without(forced: Forced) -> str:
    number = forced.fewer_placed
    if forced.losing == number:
        return f"left {'one learner' if number == 1 else count(number, 'learner')} without a place"
    return f"placed {'one learner' if number == 1 else count(number, 'learner')} fewer"


def as_to_others(others: int) -> str:
    if not others:
        return ""
    who = "some other learners" if others < FEW else count(others, "other learner")
    return f", and would have changed the place of {who}"
