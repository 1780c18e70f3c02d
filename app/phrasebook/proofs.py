"""How sure a run is that an aim could not have been reached better, said to the coordinator."""

from collections.abc import Mapping
from typing import Any

from matching import BY_CASES, BY_DUALS, BY_SEARCH

# A stage rests on the weakest proof that any part of the round needed, so the last two may be true of a part only.
PROOF_WORDS: Mapping[str, str] = {
    BY_DUALS: "Yes, by bounds that anybody can recompute",
    BY_CASES: "Yes, by bounds that anybody can recompute, in some parts case by case",
    BY_SEARCH: "Yes, in some parts by complete search, which rpe check does not repeat",
}
STOPPED = "No, the run stopped before it was proved"
NOT_REACHED = "No, the run stopped before it came to this aim"


def proof_in_words(stage: Mapping[str, Any]) -> str:
    """One stage of a run's outcome: what proves it, or why it is not proved."""
    if stage["proved"]:
        return PROOF_WORDS[stage["rests_on"]]
    return NOT_REACHED if stage["bound"] is None else STOPPED
