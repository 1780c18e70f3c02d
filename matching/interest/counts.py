"""How often each mark stands in each text, where texts that were counted before are not read again."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from matching.interest.words import mark_names

Names = NDArray[np.object_]


@dataclass(frozen=True)
class Counts:
    """The marks of some texts: `rows` (texts, names) says how often each text has each; the names ascend."""

    texts: Sequence[str]
    names: Names
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
    names, of_used, of_new = _merged(earlier.names[used], new.names)
    column = np.zeros(len(earlier.names), dtype=np.int32)
    column[used] = of_used
    parts = (_with_columns(kept, column, len(names)), _with_columns(new.rows, of_new, len(names)))
    is_new = np.array([text not in known for text in texts])
    order = np.argsort(np.argsort(is_new, kind="stable"))
    return Counts(texts, names, sparse.vstack(parts, format="csr")[order])


def _read(texts: Sequence[str]) -> Counts:
    marks = [mark_names(text) for text in texts]
    if not any(marks):
        return Counts(texts, np.array([], dtype=object), sparse.csr_matrix((len(texts), 0), dtype=np.int64))
    counter = CountVectorizer(analyzer=list)
    rows = counter.fit_transform(marks)
    return Counts(texts, counter.get_feature_names_out(), rows)


def _merged(many: Names, few: Names) -> tuple[Names, NDArray[np.int64], NDArray[np.int64]]:
    """The names of two ascending lists, ascending, and the places of either's in them."""
    places = [bisect_left(many, name) for name in few]
    is_more = [place == len(many) or many[place] != name for place, name in zip(places, few, strict=True)]
    before = np.array(places, dtype=np.int64)[is_more]
    names = np.insert(many, before, few[is_more])
    of_many = np.arange(len(many)) + np.searchsorted(before, np.arange(len(many)), side="right")
    return names, of_many, np.array([bisect_left(names, name) for name in few], dtype=np.int64)


def _with_columns(rows: sparse.csr_matrix, column: NDArray[Any], width: int) -> sparse.csr_matrix:
    """The rows with each column at another place, in the same order."""
    indices = column[rows.indices].astype(np.int32)
    return sparse.csr_matrix((rows.data, indices, rows.indptr), shape=(rows.shape[0], width))


class Columns(Mapping[str, int]):
    """The place of each of some ascending names, looked up where it is asked.

    The texts of some thousand openings have so many names that to note the place of each takes longer than all else
    when one of them changes; what learners write has few, and the same ones again.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._found: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        place = self._found.get(name)
        if place is None:
            place = bisect_left(self._names, name)
            if place == len(self._names) or self._names[place] != name:
                raise KeyError(name)
            self._found[name] = place
        return place

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def rows_of(names: Iterable[Iterable[str]], columns: Mapping[str, int]) -> sparse.csr_matrix:
    """How often each group of names has each of those that there are columns for."""
    found = [sorted(Counter(columns[name] for name in own if name in columns).items()) for own in names]
    flat = np.array([pair for row in found for pair in row], dtype=np.int64).reshape(-1, 2)
    starts = np.cumsum([0, *map(len, found)])
    return sparse.csr_matrix((flat[:, 1], flat[:, 0].astype(np.int32), starts), shape=(len(found), len(columns)))
