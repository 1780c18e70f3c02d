"""How a run was solved: what found the choice for each aim in each part of the round."""

from dataclasses import dataclass

from app.models.runs import Run
from app.phrasebook.methods import METHOD_WORDS
from matching import Solution


@dataclass(frozen=True)
class MethodRow:
    """A method, and how many steps it decided: one step is one aim, or one rank of it, in one part of the round."""

    words: str
    steps: int


def method_rows(run: Run) -> list[MethodRow]:
    """The methods of a run, the plainest first; empty for one that was kept before runs told this."""
    steps = run.outcome.get("methods", {})
    return [MethodRow(words, steps[method]) for method, words in METHOD_WORDS.items() if method in steps]


def steps_by_method(solution: Solution) -> dict[str, int]:
    """What a run keeps of it: the steps of all parts by method."""
    steps: dict[str, int] = {}
    for component in solution.components:
        for method, count in component.methods:
            steps[method] = steps.get(method, 0) + count
    return steps
