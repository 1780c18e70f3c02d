"""Reads what a learner writes: what she wants, what of it says little, and what she refuses."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from matching.interest.refusals import Span, refusals
from matching.interest.vocabulary import (
    LED,
    SAYS_LITTLE,
    SHORT_FOR_WHO_ONE_IS,
    STOP_WORDS,
    WHO_ONE_IS,
    WISH_STOP_WORDS,
)
from matching.interest.words import MEANINGS, PHRASE_END, Mark, Word, marks, marks_of, stem, words_of

PERSONS, LITTLE, LED_WORDS = (frozenset(words.split()) for words in (WHO_ONE_IS, SAYS_LITTLE, LED))
LITTLE_STEMS = frozenset(stem(word) for word in LITTLE)
TITLE_END = re.compile(r"\s*(?:[.,:;]|$|(?:and|in|on|with|who|working|trainee|student|at|for)\b)", re.IGNORECASE)
OF_HERSELF = re.compile(r"(?:\bam|\bi['’]m|\bas|\bbeing)\s+(?:an?\s+)?$", re.IGNORECASE)
AT_THE_START = re.compile(r"(?:^|[.;:!?])\s*$")
SHORT_TITLE = re.compile(
    rf"(?:(?:\bam|\bi['’]m|\bas|\bbeing)\s+an?\s+|^\s*)({'|'.join(SHORT_FOR_WHO_ONE_IS.split())})(?={TITLE_END.pattern})",
    re.IGNORECASE,
)
LISTED = re.compile(r"[,/&]|\b(?:or|and|nor)\b", re.IGNORECASE)
LONGEST_TITLE = 4  # words before "nurse" that say which: "paediatric intensive care nurse"


@dataclass(frozen=True)
class Phrase:
    """Something refused, as it was written; it is named where all its words are, each in one of its forms, or where
    a meaning is that stands for the whole."""

    text: str
    words: tuple[frozenset[str], ...]
    meanings: frozenset[str]

    def is_named_in(self, names: frozenset[str]) -> bool:
        """Whether a text with the marks of these names speaks of it."""
        return bool(self.meanings & names) or all(forms & names for forms in self.words)

    @property
    def names(self) -> frozenset[str]:
        """All marks that tell whether it is named."""
        return self.meanings.union(*self.words)


@dataclass(frozen=True)
class Wish:
    """A learner's words, read: the marks of what she wants, those that alone say little, and what she refuses."""

    marks: tuple[Mark, ...]
    common: frozenset[str]
    refused: tuple[Phrase, ...]

    @cached_property
    def refusable(self) -> frozenset[str]:
        """The names of all marks that tell whether a text speaks of anything refused."""
        return frozenset[str]().union(*(phrase.names for phrase in self.refused))

    def refuses(self, names: frozenset[str]) -> bool:
        """Whether a text with the marks of these names speaks of anything refused."""
        return any(phrase.is_named_in(names) for phrase in self.refused)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All that counts for the length of the wish: also what is wanted here and refused elsewhere."""
        return tuple(mark.name for mark in self.marks)

    @cached_property
    def telling_names(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name not in self.common and not self._is_refused(name))

    @cached_property
    def common_names(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name in self.common and not self._is_refused(name))

    def _is_refused(self, name: str) -> bool:
        return name in self._refused_names or any(part in self._refused_names for part in name.split())

    @cached_property
    def _refused_names(self) -> frozenset[str]:
        """Marks that are no reason any more: a refused word in all its forms; of longer phrases only the whole."""
        names: set[str] = set()
        for phrase in self.refused:
            names |= phrase.meanings
            if len(phrase.words) == 1:
                names |= phrase.words[0]
            for first, second in zip(phrase.words, phrase.words[1:], strict=False):
                names |= {f"{one} {two}" for one in first for two in second}
        return frozenset(names)


@lru_cache(maxsize=2**13)  # all of a large round, which asks for scores first and for reasons later
def read_wish(text: str) -> Wish:
    """What a learner's words say. O(words)."""
    spans, words = refusals(text), words_of(text)
    persons = persons_in(text, words)
    wanted = [
        mark
        for mark in marks_of(text, words, WISH_STOP_WORDS)
        if not any(span.touches(mark.start, mark.end) for span in spans)
        and (not any(person.touches(mark.start, mark.end) for person in persons) or is_led(mark, words))
    ]
    titles = [title_before(person, text, words) for person in persons]
    return Wish(
        marks=tuple(wanted),
        common=frozenset(mark.name for mark in wanted) - {mark.name for mark in wanted if is_telling(mark, titles)},
        refused=tuple(phrase for span in spans if span.is_refused for phrase in phrases_in(text, span)),
    )


def persons_in(text: str, words: Sequence[Word]) -> list[Span]:
    """Where the wish says what somebody is."""
    spans = [Span(word.start, word.end, False) for word in words if word.raw in PERSONS]
    return spans + [Span(found.start(1), found.end(1), False) for found in SHORT_TITLE.finditer(text)]


def is_led(mark: Mark, words: Sequence[Word]) -> bool:
    """Whether a pair of words is of the kind of "nurse-led": then it says how, and not who."""
    inside = [word.raw for word in words if mark.start <= word.start and word.end <= mark.end]
    return len(inside) == 2 and inside[1] in LED_WORDS


def title_before(person: Span, text: str, words: Sequence[Word]) -> Span:
    """The words before what the learner is, such as "mental health" in "I am a mental health nurse": they say which
    nurse she is, and not what she wants. Empty where it is not about herself."""
    start = person.start
    for word in reversed([word for word in words if word.end <= person.start][-LONGEST_TITLE:]):
        if (word.raw in STOP_WORDS and word.raw != "and") or PHRASE_END.search(text, word.end, start):
            break
        start = word.start
    is_herself = OF_HERSELF.search(text[:start]) or (
        AT_THE_START.search(text[:start]) and TITLE_END.match(text, person.end)
    )
    return Span(start if is_herself else person.start, person.start, False)


def is_telling(mark: Mark, titles: Iterable[Span]) -> bool:
    """Whether a mark says something alone."""
    if any(title.touches(mark.start, mark.end) for title in titles):
        return False
    return mark.name.startswith("=") or any(part not in LITTLE_STEMS for part in mark.name.split())


def phrases_in(text: str, span: Span) -> list[Phrase]:
    """The things that a refusal lists, each by itself: "cancer", "eating disorders"."""
    found = marks(text[span.start : span.end])
    meanings = [mark for mark in found if mark.name.startswith("=")]
    part = text[span.start : span.end]
    cuts = [
        cut
        for cut in LISTED.finditer(part)
        if not any(mark.start < cut.start() and cut.end() < mark.end for mark in meanings)
    ]
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(part)]
    phrases = (phrase_at(part, start, end, meanings) for start, end in zip(starts, ends, strict=True))
    return [phrase for phrase in phrases if phrase]


def phrase_at(text: str, start: int, end: int, meanings: Sequence[Mark]) -> Phrase | None:
    """What stands between two places of a refusal; None when it names nothing."""
    words = [word for word in words_of(text) if start <= word.start and word.end <= end]
    words = [word for word in words if word.raw not in WISH_STOP_WORDS and word.stem]
    if not words:
        return None
    first, last = words[0].start, words[-1].end
    return Phrase(
        text=" ".join(text[first:last].split()),
        words=tuple(forms_of(word) for word in words),
        meanings=frozenset(mark.name for mark in meanings if (mark.start, mark.end) == (first, last)),
    )


def forms_of(word: Word) -> frozenset[str]:
    """The marks by which a text may have a refused word: its stem, its meaning, and the other words of that meaning."""
    meanings = frozenset(MEANINGS.get((word.stem,), ()))
    others = {stems[0] for stems, names in MEANINGS.items() if len(stems) == 1 and meanings & set(names)}
    return frozenset({word.stem}) | meanings | others
