"""The outcome of a run in words: its headline, its stages, the finding of its rank profile."""

from dataclasses import dataclass
from typing import Any

from app.models.runs import Run
from app.phrasebook.proofs import proof_in_words
from app.phrasebook.stages import STAGE_WORDS
from app.rounds.policies import LAST_STAGE

NUMBERS_SHOWN = 12


def headline(run: Run) -> str:
    """For instance "142 of 160 placed. Proved optimal in 0.4 s."."""
    placed = f"{run.outcome['placed']} of {run.outcome['learners']} placed."
    seconds = f"{run.seconds:.1f} s" if run.seconds and run.seconds >= 0.1 else "less than 0.1 s"
    if run.outcome["status"] == "optimal":
        return f"{placed} Proved optimal in {seconds}."
    return f"{placed} Stopped after {seconds}: the best found so far, not proved."


@dataclass(frozen=True)
class StageRow:
    """What one stage reached, as the table of stages shows it."""

    words: str
    value: str
    bound: str
    proved: bool
    proof: str


def stage_rows(run: Run) -> list[StageRow]:
    return [
        StageRow(
            words=STAGE_WORDS[stage["name"]],
            value=number_in_words(stage["name"], stage["value"]),
            bound=number_in_words(stage["name"], stage["bound"]),
            proved=stage["proved"],
            proof=proof_in_words(stage),
        )
        for stage in run.outcome["stages"]
    ]


def number_in_words(stage: str, value: Any) -> str:
    """A stage's value or bound; the digits of the lottery mean nothing to anybody."""
    if value is None:
        return "not known"
    if stage == LAST_STAGE:
        return "drawn"
    if isinstance(value, list):
        shown = ", ".join(f"{number:,}" for number in value[:NUMBERS_SHOWN])
        return shown + (", …" if len(value) > NUMBERS_SHOWN else "")
    return f"{value:,}"


def profile_finding(profile: list[tuple[str, int]]) -> str:
    """For instance "118 of 160 got one of their first three", or how many were placed where nobody ranked anything."""
    total = sum(number for _, number in profile)
    ranked = [number for label, number in profile[:-2]]
    if not ranked:
        return f"{total - profile[-1][1]} of {total} have a place, none of them from a list"
    if len(ranked) == 1:
        return f"{ranked[0]} of {total} got their first choice"
    return f"{sum(ranked[:3])} of {total} got one of their first {'two' if len(ranked) == 2 else 'three'} choices"
