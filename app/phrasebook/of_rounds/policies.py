"""What a policy means, and what it rewards, in words that coordinators choose by and learners read."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.phrasebook.stages import STAGE_WORDS

LAST_STAGE = "lottery"


@dataclass(frozen=True)
class Policy:
    """A named order of stages, with the sentence that says what it means."""

    key: str
    meaning: str
    stages: tuple[str, ...]
    rewards: str


# Measured in random rounds, where one learner changed what she said and the others did not.
FIT_REWARDS = (
    "It rewards interests that match: the order of a list changed nothing, and words closer to a learner’s first "
    "choice gained in half of the tries."
)
LISTS_REWARD = (
    "It rewards a list in the order that is meant: another order lost two to three times as often as it gained. A list "
    "one shorter gained a little, at the cost of others."
)

POLICIES = (
    Policy("fit", "Place as many learners as possible, then the best fit overall", ("placed", "score"), FIT_REWARDS),
    Policy(
        "ranking",
        "Place as many as possible, then learners’ own ranking",
        ("placed", "rank_sum", "score"),
        LISTS_REWARD,
    ),
    Policy(
        "first",
        "Place as many as possible, then as many first choices as possible",
        ("placed", "first_choices", "score"),
        LISTS_REWARD,
    ),
    Policy(
        "generous",
        "Place as many as possible, then nobody far down their list",
        ("placed", "fewest_last", "score"),
        LISTS_REWARD,
    ),
    Policy(
        "fit_first", "Best fit overall first, even where that places fewer learners", ("score", "placed"), FIT_REWARDS
    ),
)


def rewards_of(stages: Iterable[str]) -> str:
    """What a named policy rewards, as far as it was measured; empty for an order of one's own."""
    named = (policy.rewards for policy in POLICIES if (*policy.stages, LAST_STAGE) == tuple(stages))
    return next(named, "")


def meaning_of(stages: list[str] | tuple[str, ...]) -> str:
    """What a list of stages means, in one sentence."""
    for policy in POLICIES:
        if (*policy.stages, LAST_STAGE) == tuple(stages):
            return policy.meaning
    words = [STAGE_WORDS[stage] for stage in stages if stage != LAST_STAGE]
    return (
        "; then: ".join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])]) if words else "Lottery alone"
    )
