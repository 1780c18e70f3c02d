"""Turns a text into the marks it is compared by, each with the place where a person reads it."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import snowballstemmer

from matching.interest.same_meaning import SAME_MEANING
from matching.interest.vocabulary import STOP_WORDS

WORD = re.compile(r"[^\W_]+(?:[&'’][^\W_]+)*")
POSSESSIVE = re.compile(r"'s?$")
PLURAL_OF_CAPITALS = re.compile(r"(?<=[A-Z]{2})'?s$")  # GPs, RCTs, ICU's
SENTENCE_END = re.compile(r"[.;:!?|]|\n\s*\n")
PHRASE_END = re.compile(rf"[,()\[\]]|{SENTENCE_END.pattern}")

SPELLINGS = (
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"iz(?=e|ing|ation)"), "is"),
    (re.compile(r"yz(?=e|ing)"), "ys"),
    (re.compile(r"(?<=\w\w)our(?=$|s|ed|ing|al|ab|h)"), "or"),
    (re.compile(r"^(cent|fib|lit|met)re(?=s?$)"), r"\1er"),
    (re.compile(r"^(counse|labe|mode|trave)ll(?=ed|ing|or|er)"), r"\1l"),
    (re.compile(r"^children$"), "child"),
    (re.compile(r"^women$"), "woman"),
    (re.compile(r"programme"), "program"),
    (re.compile(r"sulph"), "sulf"),
)


class Mark(NamedTuple):
    """What a text is compared by: a stem, two stems in a row, or "=meaning"; at `text[start:end]`."""

    name: str
    start: int
    end: int


class Word(NamedTuple):
    """A word of a text, in small letters, at `text[start:end]`."""

    raw: str
    stem: str
    start: int
    end: int


def marks(text: str) -> list[Mark]:
    """The marks of an opening's text: stems, pairs of neighbouring stems, shared meanings; no stop words.
    O(words)."""
    return marks_of(text, words_of(text), STOP_WORDS)


def mark_names(text: str) -> list[str]:
    """The names of the marks of an opening's text, in their order."""
    return [mark.name for mark in marks(text)]


def marks_of(text: str, words: Sequence[Word], ignored: frozenset[str]) -> list[Mark]:
    """The marks of a text that these are the words of, where the words to ignore are none and part of no pair."""
    kept = [word for word in words if word.raw not in ignored and word.stem]
    singles = [Mark(word.stem, word.start, word.end) for word in kept]
    return singles + _pairs(text, kept) + _meanings(text, words)


def words_of(text: str) -> list[Word]:
    """All words of a text with their stems, in their order."""
    return [Word(m[0].lower(), stem(m[0]), m.start(), m.end()) for m in WORD.finditer(text)]


def _pairs(text: str, words: Sequence[Word]) -> list[Mark]:
    return [
        Mark(f"{one.stem} {two.stem}", one.start, two.end)
        for one, two in pairwise(words)
        if not PHRASE_END.search(text, one.end, two.start)
    ]


def _meanings(text: str, words: Sequence[Word]) -> list[Mark]:
    found = []
    for first in range(len(words)):
        for length in LENGTHS.get(words[first].stem, ()):
            part = words[first : first + length]
            if len(part) < length:
                break  # the text ends before the longer phrases do
            names = MEANINGS.get(tuple(word.stem for word in part), ())
            if names and not SENTENCE_END.search(text, part[0].end, part[-1].start):
                found += [Mark(name, part[0].start, part[-1].end) for name in names]
    return found


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The common root of a word's forms and spellings: paediatrics and Pediatric both give "pediatr".

    Snowball's English stemmer (Porter 2001). It keeps its word inside while it works, so each call has its own and
    threads may call this.
    """
    word = PLURAL_OF_CAPITALS.sub("", _plain_letters(word))
    word = POSSESSIVE.sub("", word.lower()).replace("'", "")
    if len(word) >= 5:
        for spelling, ours in SPELLINGS:
            word = spelling.sub(ours, word)
    return snowballstemmer.stemmer("english").stemWord(word)


def _plain_letters(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.replace("’", "'"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _meanings_by_phrase() -> dict[tuple[str, ...], list[str]]:
    table: dict[tuple[str, ...], list[str]] = {}
    for line in SAME_MEANING.strip().splitlines():
        phrases = line.split(" | ")
        for stems in sorted({tuple(stem(word) for word in WORD.findall(phrase)) for phrase in phrases}):
            table.setdefault(stems, []).append(f"={phrases[0]}")
    return table


MEANINGS = _meanings_by_phrase()
LENGTHS: dict[str, list[int]] = {
    first: sorted({len(phrase) for phrase in MEANINGS if phrase[0] == first})
    for first in {phrase[0] for phrase in MEANINGS}
}
