"""What giving somebody another opening would have done to everybody, in numbers that name nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Forced:
    """stage      the first aim that would have come out otherwise; None where only the lottery stood against it
    step          which of the numbers of that aim, from 0, where it counts several in turn
    fewer_placed  by how many fewer would have had a place
    losing        how many others would have had no place
    others        how many others would have had another place, or none
    is_possible   False where nothing would have satisfied every limit and pin
    """

    stage: str | None
    step: int
    fewer_placed: int
    losing: int
    others: int
    is_possible: bool = True

    @classmethod
    def of(cls, facts: Facts, request_id: int) -> "Forced":
        """Read from what the engine answered for the request."""
        changed = [(name, step_of(before, after)) for name, before, after in facts["stages"] if before != after]
        stage, step = changed[0] if changed else (None, 0)
        others = [move for move in facts["moves"] if move[0] != request_id]
        before, after = (sum(move[at] is not None for move in facts["moves"]) for at in (1, 2))
        losing = sum(move[1] is not None and move[2] is None for move in others)
        return cls(stage, step, before - after, losing, len(others), facts["clash"] is None)


def step_of(before: int | Sequence[int], after: int | Sequence[int]) -> int:
    """Where two values first differ; shorter ones go on with nought."""
    if isinstance(before, int) or isinstance(after, int):
        return 0
    pairs = zip(before, after, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))
