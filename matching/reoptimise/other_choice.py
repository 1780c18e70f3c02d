"""Another choice than the incumbent that is still possible: while one is known, nothing has to be asked."""

from __future__ import annotations

from matching.branch_and_bound.zero_half_cuts import Cut
from matching.deadline import Deadline
from matching.model.face import Bools, Face, Ints
from matching.reoptimise.uniqueness import alternative_optimum


class OtherChoice:
    """`pairs` (k,) are positions in the component, None before one is known; `cuts` may help to look for one."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.pairs: Ints | None = None
        self.cuts: list[Cut] = []

    def mask(self, face: Face, incumbent: Bools) -> Bools | None:
        """The choice among the face's pairs (m,); None where none is known or it is the incumbent or off the face."""
        if self.pairs is None:
            return None
        mask = face.mask_of(self.pairs)
        is_left = int(mask.sum()) == len(self.pairs) and face.admits(mask) and bool((mask != incumbent).any())
        return mask if is_left else None

    def is_there(self, face: Face, incumbent: Bools) -> bool:
        """Whether the face holds another choice, looked for where none is known: as `alternative_optimum`."""
        if self.mask(face, incumbent) is not None:
            return True
        found = alternative_optimum(face, incumbent, self.cuts, self.deadline)
        self.pairs = None if found is None else face.pair[found]
        return found is not None
