"""Which pairings of one learner the run had before it, read from the problem as it is kept."""

import json
import re

from app.models.runs import Run

PAIRS, END = '"pairs": [', "]"


def possible_pairs(problem: str, request_id: int) -> frozenset[tuple[int, int]] | None:
    """Mentor and study of each; None where the file says it in another way than ours is written.

    Only the lines of this learner are read: the file of a large round has millions.
    """
    start = problem.find(PAIRS)
    if start < 0:
        return None
    pairs = problem[start : problem.find(END, start)]
    hers = re.findall(rf'\{{"learner": "R{request_id}", [^}}]*\}}', pairs)
    found = (json.loads(one) for one in hers)
    return frozenset((int(one["mentor"][1:]), int(one["study"][1:])) for one in found)


def possible_in(run: Run, request_id: int) -> frozenset[tuple[int, int]] | None:
    return possible_pairs(run.problem, request_id)
