"""Sets of numbers in columns are found the same way whether there is room for a table of them or not."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.files.distinct import distinct

SMALL = st.tuples(st.integers(-1, 2), st.integers(0, 2))
LARGE = st.tuples(st.integers(-3, 10**9), st.integers(0, 9))


@given(st.lists(SMALL, max_size=60) | st.lists(LARGE, max_size=20))
def test_each_row_is_told_by_the_place_where_its_set_was_met(rows):
    met, which = distinct(*(np.array([row[at] for row in rows], dtype=np.int32) for at in range(2)))
    assert [rows[met[number]] for number in which] == rows
    assert len(met) == len(set(rows))
