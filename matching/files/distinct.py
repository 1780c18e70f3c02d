"""Which sets of numbers there are in columns, so that each is put into words once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.model.face import Ints

# A table of all possible sets is quicker than sorting as long as it is not much longer than the columns.
LONGEST_TABLE = 4


def distinct(*columns: NDArray[np.integer]) -> tuple[Ints, Ints]:
    """Where each set of numbers (below 2**63 as one) is met, and which of these sets each row has. O(m) where the
    numbers are small for so many rows, else O(m log m)."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        least, most = int(column.min(initial=0)), int(column.max(initial=0))
        key = key * (1 + most - least) + (column - least)
    if not len(key) or key.max() > LONGEST_TABLE * len(key):
        first, which = np.unique(key, return_index=True, return_inverse=True)[1:]
        return first, which
    met = np.full(1 + key.max(), -1)
    met[key] = np.arange(len(key))
    at = met[met >= 0]
    met[key[at]] = np.arange(len(at))
    return at, met[key]
