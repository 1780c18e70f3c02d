"""Names the words that made a likeness, as a person would read them in both texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.interest.wish import read_wish
from matching.interest.words import Mark, marks

LEAST_OF_A_LONE_WORD = 0.04  # of likeness: "trial" and "consent" stay below it, "glaucoma" and "stroke" pass
LONGEST_TERM = 60  # characters; a learner who pastes a study's title should still see its parts


@dataclass(frozen=True, slots=True)
class Term:
    """A shared phrase, as in the opening (`text`) and as the learner put it.

    `weight` is its part, of 1000, of what the two texts share; `adds` is what it adds to their likeness. `is_common`:
    many studies of every kind have it.
    """

    text: str
    asked: str
    weight: int
    adds: float
    is_common: bool = False

    @property
    def is_telling(self) -> bool:
        """Whether it says something by itself: a phrase, or a word that many openings do not have."""
        return not self.is_common and (" " in self.text or self.adds >= LEAST_OF_A_LONE_WORD)


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of a text and the shared marks in it."""

    start: int
    end: int
    names: frozenset[str]
    whole_meanings: frozenset[str]  # the meanings that the whole stretch, not a part of it, stands for

    def worth(self, worth: Mapping[str, float]) -> float:
        return sum(worth.get(name, 0.0) for name in sorted(self.names))


@dataclass(frozen=True, slots=True)
class _Told:
    """A stretch that is told, with what each mark that it accounts for is worth."""

    span: _Span
    worth: dict[str, float]

    @property
    def weight(self) -> float:
        return sum(self.worth.values())


def shared_terms(wish: str, text: str, worth: Mapping[str, float], most: int) -> tuple[Term, ...]:
    """At most `most` terms, heaviest first, that made a learner's `wish` and an opening's `text` alike.

    `worth` gives for each mark that both have what it adds to the likeness. Each mark counts for one term
    only: the stretch of text that holds the most of what is not yet told. "COPD" after "chronic obstructive
    pulmonary disease" adds to the weight of that term and is not told again. Time grows with the length of
    `text` times `most`.
    """
    read = read_wish(wish)
    spans, wishes = _spans(marks(text), worth), _spans(read.marks, worth)
    untold, told = dict(worth), list[_Told]()
    while untold and spans and len(told) <= most:
        span = max(spans, key=lambda one: (one.worth(untold), -one.start))
        if span.worth(untold) <= 0:
            break
        _tell(told, span, {name: untold.pop(name) for name in sorted(span.names & untold.keys())})
    heaviest = sorted(told, key=lambda one: (-one.weight, one.span.start))[:most]
    total = sum(worth.values())
    return tuple(
        Term(
            text=_readable(text, one.span),
            asked=_readable(wish, max(wishes, key=lambda wished: (wished.worth(one.worth), -wished.start))),
            weight=round(1000 * one.weight / total),
            adds=one.weight,
            is_common=read.common.issuperset(one.worth),
        )
        for one in heaviest
    )


def _tell(told: list[_Told], span: _Span, worth: dict[str, float]) -> None:
    for earlier in told:
        if span.whole_meanings & earlier.span.names:
            earlier.worth.update(worth)
            return
    told.append(_Told(span, worth))


def _readable(text: str, span: _Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _spans(found: Sequence[Mark], worth: Mapping[str, float]) -> list[_Span]:
    """The shared marks, joined where they overlap, in order of the text."""
    groups: list[list[Mark]] = []
    end = -1
    for mark in sorted((mark for mark in found if mark.name in worth), key=lambda one: (one.start, -one.end, one.name)):
        joins = groups and mark.start < end and max(mark.end, end) - groups[-1][0].start <= LONGEST_TERM
        if joins:
            groups[-1].append(mark)
        else:
            groups.append([mark])
        end = max(mark.end, end)
    return [_span(group) for group in groups]


def _span(group: Sequence[Mark]) -> _Span:
    start, end = group[0].start, max(mark.end for mark in group)
    whole = {mark.name for mark in group if mark.name.startswith("=") and (mark.start, mark.end) == (start, end)}
    return _Span(start, end, frozenset(mark.name for mark in group), frozenset(whole))
