"""The policies that a coordinator can choose, and her own orders of stages; their words stand in the phrasebook."""

from collections.abc import Iterable

import matching
from app.phrasebook.of_rounds.policies import LAST_STAGE, POLICIES, meaning_of, rewards_of

__all__ = [
    "LAST_STAGE",
    "OWN",
    "POLICIES",
    "STAGES",
    "keeps_to_an_earlier_run",
    "key_of",
    "meaning_of",
    "rewards_of",
    "stages_of",
]

STAGES = tuple(stage for stage in matching.STAGES if stage != LAST_STAGE)
OWN = "own"


def stages_of(key: str) -> tuple[str, ...]:
    """The stages of a named policy, with the lottery that decides what is still equal."""
    return next((*policy.stages, LAST_STAGE) for policy in POLICIES if policy.key == key)


def key_of(stages: Iterable[str]) -> str:
    """The policy that has just these stages; empty where they are an order of somebody's own."""
    return next((policy.key for policy in POLICIES if (*policy.stages, LAST_STAGE) == tuple(stages)), "")


def keeps_to_an_earlier_run(stages: Iterable[str]) -> bool:
    """Whether one of the stages means nothing without an earlier run."""
    return any(matching.OBJECTIVES[stage].needs_previous for stage in stages)
