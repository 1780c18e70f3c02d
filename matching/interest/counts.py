"""How often each mark stands in each text, where texts that were counted before are not read again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from matching.interest.words import mark_names


@dataclass(frozen=True)
class Counts:
    """The marks of some texts: `rows` (texts, names) says how often each text has each; the names ascend."""

    texts: Sequence[str]
    names: Sequence[str]
    rows: sparse.csr_matrix

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {text: row for row, text in enumerate(self.texts)}


def counts_of(texts: Sequence[str], earlier: Counts | None = None) -> Counts:
    """The marks of distinct texts, of which those that `earlier` has are not read again.

    The same as without it. Reading takes time in proportion to all words of the new texts, the rest to all marks.
    """
    known = earlier.row_of if earlier else {}
    new = _read([text for text in texts if text not in known])
    if earlier is None or len(new.texts) == len(texts):
        return new
    kept = earlier.rows[[known[text] for text in texts if text in known]]
    used = np.flatnonzero(np.bincount(kept.indices, minlength=len(earlier.names)))
    names, of_used, of_new = _merged([earlier.names[at] for at in used.tolist()], new.names)
    column = np.zeros(len(earlier.names), dtype=kept.indices.dtype)
    column[used] = of_used
    parts = (_with_columns(kept, column, len(names)), _with_columns(new.rows, of_new, len(names)))
    is_new = np.array([text not in known for text in texts])
    order = np.argsort(np.argsort(is_new, kind="stable"))
    return Counts(texts, names, sparse.vstack(parts, format="csr")[order])


def _read(texts: Sequence[str]) -> Counts:
    marks = [mark_names(text) for text in texts]
    if not any(marks):
        return Counts(texts, (), sparse.csr_matrix((len(texts), 0), dtype=np.int64))
    counter = CountVectorizer(analyzer=list)
    rows = counter.fit_transform(marks)
    return Counts(texts, counter.get_feature_names_out().tolist(), rows)


def _merged(one: Sequence[str], other: Sequence[str]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The names of two ascending lists, ascending, and the places of either's in them; the other has few."""
    places = [bisect_left(one, name) for name in other]
    is_there = [place < len(one) and one[place] == name for place, name in zip(places, other, strict=True)]
    more = [name for name, there in zip(other, is_there, strict=True) if not there]
    before = np.array([place for place, there in zip(places, is_there, strict=True) if not there], dtype=np.int64)
    of_one = np.arange(len(one)) + np.searchsorted(before, np.arange(len(one)), side="right")
    names = sorted([*one, *more])
    return names, of_one, np.array([bisect_left(names, name) for name in other], dtype=np.int64)


def _with_columns(rows: sparse.csr_matrix, column: np.ndarray, width: int) -> sparse.csr_matrix:
    """The rows with each column at another place, in the same order."""
    indices = column[rows.indices].astype(np.int32)
    return sparse.csr_matrix((rows.data, indices, rows.indptr), shape=(rows.shape[0], width))
