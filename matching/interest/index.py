"""Scores how well openings fit what learners say interests them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from matching.interest.counts import Columns, Counts, counts_of, rows_of
from matching.interest.lengths import length_damped, lengths
from matching.interest.reasons import Term, shared_terms
from matching.interest.wish import Phrase, Wish, read_wish
from matching.interest.words import mark_names

LIKENESS_OF_A_FAIR_FIT = 0.25  # the likeness that counts as 63 % of a full fit
SPECIALTY_SHARE = 0.3  # of what the words leave open, the part that specialties can fill
FIRST_SPECIALTY = 0.8  # how much of that a match with the first specialty fills
NEXT_SPECIALTY = 0.75  # each later rank fills this much of the one before
LIKENESS_OF_A_LITTLE_FIT = 0.055  # what common words reach alone: a score of 197
LIKENESS_OF_A_REFUSAL = 0.04  # of an opening to what is refused: leaves 37 % of its score
CLEAR_OF_REFUSALS = 50  # the least for an opening that has nothing of it, so that it comes before those that do
REFUSES_NOTHING = -1.0
LEARNERS_AT_ONCE = 64  # rows of a dense block: 64 learners x 10,000 texts x 8 bytes = 5 MB
LEAST_SCORES = ((650, "strong"), (400, "good"), (200, "some"), (0, "little"))


@dataclass(frozen=True, slots=True)
class OpeningText:
    """What an opening says of itself; each text (study, tasks, what the mentor teaches) stands alone."""

    key: str
    texts: tuple[str, ...]
    specialties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Interest:
    """What a learner says: free text, and specialties with the most wanted first. Either may be empty."""

    text: str = ""
    specialties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one opening fits (0 to 1000), and why: terms by weight, shared specialties by rank, and what it is
    about that the learner refuses."""

    key: str
    score: int
    terms: tuple[Term, ...]
    specialties: tuple[str, ...]
    refused: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The score in plain words, as `fit_word` has them."""
        return fit_word(self.score)


def fit_word(score: int) -> str:
    """The score in plain words: "strong" from 650, "good" from 400, "some" from 200, else "little". Raises
    ValueError below 0 and above 1000."""
    if not 0 <= score <= 1000:
        raise ValueError(f"A fit is a whole number from 0 to 1000, not {score}.")
    return next(word for least, word in LEAST_SCORES if score >= least)


class _Asked(NamedTuple):
    """A wish, which of some rows has its words, and an opening of which somebody asks how well it fits and why."""

    row: int
    interest: Interest
    opening: OpeningText

    @property
    def wish(self) -> Wish:
        return read_wish(self.interest.text)


_WishRows = tuple[sparse.csr_matrix, sparse.csr_matrix]
_Holders = Mapping[str, np.ndarray]
NO_NAMES = np.array(["no words at all"], dtype=object)
NOWHERE = np.zeros(0, dtype=np.intp)


class _Rows(NamedTuple):
    """The rows of the openings' texts: the first of each, then the next of each, or its last again."""

    first: np.ndarray
    more: tuple[np.ndarray, ...]


class InterestIndex:
    """The openings of a round, ready for scoring. It never changes, so threads may share it.

    Words are compared by TF-IDF over stems, pairs of stems and shared meanings, with sublinear counts; the
    learner's side has length 1, the opening's is damped towards the usual length (Singhal, Buckley and Mitra,
    "Pivoted document length normalization", SIGIR 1996). The best of an opening's texts counts. With that
    likeness c and the specialties' part s

        score = 1000 * (1 - exp(-c / 0.25) * (1 - 0.3 * s))
        s = 1 - product over the shared specialties, r their rank from 1, of (1 - 0.8 * 0.75**(r - 1))

    so that either counts alone, neither can lower a score, and words outweigh specialties. A word is worth
    more the fewer texts hold it: `background` (say, the texts of all studies known) makes that sound where
    openings are few. The order and the repetition of openings and background never matter. Words that say little
    add to c at most as much as the others, or what makes a little fit. An opening about what the learner refuses
    loses its score, the more it is about it: the factor is exp(-likeness to that / 0.04).
    docs/decisions/0200 and 0112 have what was tried and measured.

    It is the same made from an `earlier` one, whose texts are not read again: reading takes time in proportion to all
    words of the other texts. Raises ValueError when two openings have the same key.
    """

    def __init__(
        self, openings: Sequence[OpeningText], background: Iterable[str] = (), earlier: InterestIndex | None = None
    ) -> None:
        self._openings = {opening.key: opening for opening in openings}
        if len(self._openings) != len(openings):
            raise ValueError("Two openings have the same key. Give each opening a key of its own.")
        self.keys: tuple[str, ...] = tuple(self._openings)
        texts = {"", *(text for opening in openings for text in opening.texts)}
        self._row_of_text = {text: row for row, text in enumerate(sorted(texts))}
        further = sorted(set(background) - self._row_of_text.keys())
        self._read([*self._row_of_text, *further], earlier._counts if earlier else None)

    def shares(self, openings: Iterable[OpeningText]) -> int:
        """How many of the texts of some openings it has read, so that another made from it need not."""
        return len({text for opening in openings for text in opening.texts} & self._counts.row_of.keys())

    def scores(self, interests: Sequence[Interest], keys: Sequence[str] | None = None) -> np.ndarray:
        """The fit of every pair: int16 of shape (learners, openings), columns as `keys` (None: all of them).

        O(learners * (texts + what the texts share with a learner's words)). Memory: two bytes a pair, and one dense
        block of 64 learners. Raises KeyError for an unknown key.
        """
        return next(self.scores_of_many([interests], keys))

    def scores_of_many(
        self, groups: Iterable[Sequence[Interest]], keys: Sequence[str] | None = None
    ) -> Iterator[np.ndarray]:
        """The same for one group of learners after another: what concerns the openings is prepared once."""
        openings = [self._openings[key] for key in (self.keys if keys is None else keys)]
        if not openings:
            yield from (np.zeros((len(group), 0), dtype=np.int16) for group in groups)
            return
        holders, where = _positions_by_specialty(openings), self._rows_of(openings)
        names = {specialty: frozenset(mark_names(specialty)) for specialty in holders}
        for group in groups:
            found = np.zeros((len(group), len(openings)), dtype=np.int16)
            for start in range(0, len(group), LEARNERS_AT_ONCE):
                block = group[start : start + LEARNERS_AT_ONCE]
                found[start : start + len(block)] = self._block(block, holders, where, names)
            yield found

    def _block(
        self, block: Sequence[Interest], holders: _Holders, where: _Rows, names: Mapping[str, frozenset[str]]
    ) -> np.ndarray:
        likeness = _best_text(self._likeness(self._wish_rows(block)), where)
        missing, refused = np.ones(likeness.shape), np.full(likeness.shape, REFUSES_NOTHING)
        for row, interest in enumerate(block):
            for specialty, left in _left_by_specialties(interest):
                missing[row, holders.get(specialty, NOWHERE)] *= left
            wish = read_wish(interest.text)
            by_text = self._refused_by_text(wish)
            if by_text is not None:
                refused[row] = _best_text(by_text[None, :], where)[0]
                for specialty in (one for one in holders if wish.refuses(names[one])):
                    refused[row, holders[specialty]] = 1.0
        return _as_scores(likeness, missing, refused)

    def fits(self, interest: Interest, keys: Sequence[str] | None = None, most_terms: int = 5) -> list[Fit]:
        """One learner's fits with their reasons, in the order of `keys` (None: `self.keys`).

        Reading the reasons takes about a millisecond for a page of text, so a page asks `scores` for all and
        this for those that it shows. Raises KeyError for an unknown key.
        """
        asked = [_Asked(0, interest, self._openings[key]) for key in (self.keys if keys is None else keys)]
        return self._fits(asked, self._wish_rows([interest]), most_terms)

    def fits_of_pairs(self, pairs: Sequence[tuple[Interest, str]], most_terms: int = 5) -> Iterator[Fit]:
        """The fit of each learner with one opening, with its reasons: many wishes are read at once.

        Raises KeyError for an unknown key.
        """
        for start in range(0, len(pairs), LEARNERS_AT_ONCE):
            block = enumerate(pairs[start : start + LEARNERS_AT_ONCE])
            asked = [_Asked(row, interest, self._openings[key]) for row, (interest, key) in block]
            yield from self._fits(asked, self._wish_rows([one.interest for one in asked]), most_terms)

    def _fits(self, asked: Sequence[_Asked], rows: _WishRows, most: int) -> list[Fit]:
        told = zip(asked, self._scores_of(asked, rows), self._terms(asked, rows, most), strict=True)
        return [
            Fit(
                key=one.opening.key,
                score=score,
                terms=terms,
                specialties=tuple(name for name in one.interest.specialties if _holds(one.opening, name)),
                refused=self._refused_in(one.wish, one.opening),
            )
            for one, score, terms in told
        ]

    def _scores_of(self, asked: Sequence[_Asked], rows: _WishRows) -> list[int]:
        """As `scores`, of these pairs alone."""
        likeness = self._likeness(rows)
        best = [max(likeness[one.row, row] for row in self._rows_of_texts(one.opening)) for one in asked]
        missing = [_missing_of(one.interest, one.opening) for one in asked]
        by_text = {one.row: self._refused_by_text(one.wish) for one in {one.row: one for one in asked}.values()}
        refused = [self._refusal(one, by_text[one.row]) for one in asked]
        found: list[int] = _as_scores(*(np.array(column, dtype=float) for column in (best, missing, refused))).tolist()
        return found

    def _refusal(self, asked: _Asked, by_text: np.ndarray | None) -> float:
        if by_text is None:
            return REFUSES_NOTHING
        if any(asked.wish.refuses(frozenset(mark_names(specialty))) for specialty in asked.opening.specialties):
            return 1.0
        return float(by_text[self._rows_of_texts(asked.opening)].max())

    def _read(self, texts: list[str], earlier: Counts | None) -> None:
        self._counts = counts_of(texts, earlier)
        names, rows = self._counts.names, self._counts.rows
        if not len(names):
            names, rows = NO_NAMES, sparse.csr_matrix((len(texts), 1))
        self._rarity = TfidfTransformer(sublinear_tf=True, norm=None).fit(rows)
        self._columns = Columns(names)
        self._weights = length_damped(self._rarity.transform(rows[: len(self._row_of_text)]))
        self._texts_by_mark = self._weights.T.tocsr()

    def _wish_rows(self, interests: Sequence[Interest]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """What the wishes' words weigh, each wish of length 1: those that tell something, and the common ones.

        What is wanted and refused at once counts for the length and for nothing else, so that to refuse never makes
        another word heavier.
        """
        wishes = [read_wish(interest.text) for interest in interests]
        rows = self._rarity.transform(rows_of((wish.names for wish in wishes), self._columns))
        rows = sparse.diags(1 / lengths(rows)) @ rows
        telling = rows_of((set(wish.telling_names) for wish in wishes), self._columns)
        common = rows_of((set(wish.common_names) for wish in wishes), self._columns)
        return rows.multiply(telling).tocsr(), rows.multiply(common).tocsr()

    def _likeness(self, rows: _WishRows) -> np.ndarray:
        """How alike each wish and each text are."""
        telling, common = ((part @ self._texts_by_mark).toarray() for part in rows)
        return _joined(telling, common)

    def _rows_of(self, openings: Sequence[OpeningText]) -> _Rows:
        own = [self._rows_of_texts(opening) for opening in openings]
        most = max(map(len, own))
        first, *more = np.array([[*rows, *rows[-1:] * (most - len(rows))] for rows in own]).T
        return _Rows(first, tuple(more))

    def _rows_of_texts(self, opening: OpeningText) -> list[int]:
        return [self._row_of_text[text] for text in _texts_of(opening)]

    def _refused_by_text(self, wish: Wish) -> np.ndarray | None:
        """How much each text is about what a wish refuses; None where it refuses nothing."""
        return np.max([self._named(phrase) for phrase in wish.refused], axis=0) if wish.refused else None

    def _named(self, phrase: Phrase) -> np.ndarray:
        """How much each text is about a phrase: as much as about its rarest part, or about the meaning of the whole."""
        parts = [self._weight_of_any(forms) for forms in phrase.words]
        return np.maximum(np.min(parts, axis=0), self._weight_of_any(phrase.meanings))

    def _weight_of_any(self, names: Iterable[str]) -> np.ndarray:
        columns = [column for name in names if (column := self._columns.get(name)) is not None]
        if not columns:
            return np.zeros(len(self._row_of_text))
        return self._texts_by_mark[columns].max(axis=0).toarray().ravel()

    def _refused_in(self, wish: Wish, opening: OpeningText) -> tuple[str, ...]:
        """What of the refused an opening is about, in the learner's words."""
        if not wish.refused:
            return ()
        of_specialties = (frozenset(mark_names(specialty)) for specialty in opening.specialties)
        texts = [*(self._names_among(wish.refusable, row) for row in self._rows_of_texts(opening)), *of_specialties]
        found = [phrase.text for phrase in wish.refused if any(phrase.is_named_in(names) for names in texts)]
        return tuple(dict.fromkeys(found))

    def _names_among(self, names: Iterable[str], row: int) -> frozenset[str]:
        """Those of the names of marks that a text has."""
        columns = set(self._weights.indices[_held(self._weights, row)].tolist())
        return frozenset(name for name in names if self._columns.get(name) in columns)

    def _terms(self, asked: Sequence[_Asked], rows: _WishRows, most: int) -> Iterator[tuple[Term, ...]]:
        """What makes each wish and the text of its opening that is most like it alike."""
        texts = [(one, text) for one in asked for text in _texts_of(one.opening)]
        own = self._weights[[self._row_of_text[text] for _, text in texts]]
        telling, common = (part[[one.row for one, _ in texts]].multiply(own).tocsr() for part in rows)
        alike = _joined(*(np.asarray(part.sum(axis=1)).ravel() for part in (telling, common)))
        shared, start = telling + common, 0
        for one in asked:
            end = start + len(_texts_of(one.opening))
            best = start + int(np.argmax(alike[start:end]))
            held, start = _held(shared, best), end
            worth_of_column = dict(zip(shared.indices[held].tolist(), shared.data[held].tolist(), strict=True))
            worth = {
                name: worth_of_column[self._columns[name]]
                for name in one.wish.names
                if self._columns.get(name) in worth_of_column
            }
            yield shared_terms(one.interest.text, texts[best][1], worth, most)


def _held(rows: sparse.csr_matrix, row: int) -> slice:
    """Where what a row holds stands among what all rows hold."""
    return slice(rows.indptr[row], rows.indptr[row + 1])


def _joined(telling: np.ndarray, common: np.ndarray) -> np.ndarray:
    """The likeness of both kinds of words; common ones add at most what the others make, or a little fit."""
    return telling + np.minimum(common, np.maximum(telling, LIKENESS_OF_A_LITTLE_FIT))


def _best_text(by_text: np.ndarray, where: _Rows) -> np.ndarray:
    """The most that any of its texts has, for each opening."""
    best = by_text[:, where.first]
    for rows in where.more:
        np.maximum(best, by_text[:, rows], out=best)
    return best


def _texts_of(opening: OpeningText) -> tuple[str, ...]:
    return opening.texts or ("",)


def _holds(opening: OpeningText, specialty: str) -> bool:
    return specialty.casefold() in {own.casefold() for own in opening.specialties}


def _positions_by_specialty(openings: Sequence[OpeningText]) -> _Holders:
    positions: dict[str, list[int]] = {}
    for position, opening in enumerate(openings):
        for specialty in {own.casefold() for own in opening.specialties}:
            positions.setdefault(specialty, []).append(position)
    return {specialty: np.array(own) for specialty, own in positions.items()}


def _missing_of(interest: Interest, opening: OpeningText) -> float:
    """1 - s of `InterestIndex`: 1 where no specialty is shared, towards 0 the more are."""
    own = {specialty.casefold() for specialty in opening.specialties}
    return prod(left for specialty, left in _left_by_specialties(interest) if specialty in own)


def _left_by_specialties(interest: Interest) -> Iterator[tuple[str, float]]:
    """Each specialty with the part that it leaves open where it is shared."""
    ranked = dict.fromkeys(specialty.casefold() for specialty in interest.specialties)
    for place, specialty in enumerate(ranked):
        yield specialty, 1 - FIRST_SPECIALTY * NEXT_SPECIALTY**place


def _as_scores(likeness: np.ndarray, missing: np.ndarray, refused: np.ndarray) -> np.ndarray:
    left_open = np.exp(-likeness / LIKENESS_OF_A_FAIR_FIT) * (1 - SPECIALTY_SHARE * (1 - missing))
    kept = np.exp(-np.maximum(refused, 0) / LIKENESS_OF_A_REFUSAL)
    # The last digits of a sum differ between processors; rounding twice keeps them out of the whole number.
    scores = np.floor(np.round(1000 * (1 - left_open) * kept, 6) + 0.5).astype(np.int16)
    return np.where(refused == 0, np.maximum(scores, CLEAR_OF_REFUSALS), scores).astype(np.int16)
