"""Whether two names as people write them may be those of one person: titles, order, initials and accents aside."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from app.language.folding import APOSTROPHES, DASHES, folded, without_marks

TITLE = re.compile(
    "dr|doctor|prof|professor|assoc|associate|asst|assistant|mr|mrs|ms|miss|mx|sir|dame|lord|lady|hon|rev|revd|reverend|"
    "sister|nurse"
)
AFTER_A_NAME = re.compile(
    "rn|rgn|rmn|rnld|rnc|rm|rsw|rd|otr|mcsp|frcp|frcs|frcgp|frcpch|frcog|frca|frcpath|frcr|mrcp|mrcs|mrcgp|mrcpch|mrcog|"
    "fca|mb|chb|mbchb|mbbs|mbbch|bm|bch|bs|bsc|ba|ma|msc|mres|mphil|mpharm|mph|md|dphil|phd|dclinpsych|edd|pgcert|pgdip|"
    "pgce|fhea|sfhea|obe|mbe|cbe|hons|jr|sr"
)
PARTICLE = re.compile("o|mc|mac|van|von|de|der|den|di|da|du|la|le|al|el|ter|st|ap")
INITIALS_MAX = 3


def could_be_same_person(one: str, other: str) -> bool:
    """True when nothing in the two names speaks against one person: what one leaves out or shortens may be so.

    "J. Example", "EXAMPLE, Jane" and "Prof. Jané Mary Example RN" could all be "Dr Jane Example"; "Jane Exampleton"
    could not. At least one whole word must be the same, so that initials alone are nobody. Symmetric.
    """
    if whole_words(one).isdisjoint(whole_words(other)):
        return False  # as nearly always where every mentor of a round is compared
    return any(fit(a, b) for a, b in product(readings(one), readings(other)))


@lru_cache(maxsize=2**13)
def whole_words(name: str) -> frozenset[str]:
    return frozenset(word for words in readings(name) for word in words if len(word) > 1)


def fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether each word of the shorter name has a partner of its own in the longer: the same word, or its initial."""
    short, long = map(list, sorted((one, other), key=len))
    for word in (word for word in (*short,) if len(word) > 1 and word in long):
        short.remove(word)
        long.remove(word)
    if len(long) == max(len(one), len(other)):
        return False
    # No whole word is left in both, so a word of the shorter needs an initial, and an initial needs anything.
    for letter in {word[0] for word in short}:
        here, there = beginning_with(letter, short), beginning_with(letter, long)
        if len(here) > len(there) or whole(here) > there.count(letter):
            return False
    return True


def beginning_with(letter: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word[0] == letter]


def whole(words: Iterable[str]) -> int:
    return sum(len(word) > 1 for word in words)


@lru_cache(maxsize=2**13)
def readings(name: str) -> frozenset[tuple[str, ...]]:
    """The words of a name in each way that it may be meant: Anne-Marie as two or one, JM as initials, O Neill."""
    plain = name.translate(APOSTROPHES)
    found = set()
    for text in (plain.translate(DASHES), plain.translate(dict.fromkeys(DASHES))):
        named = untitled(words_of(text))
        for words in (named, without_letters_after(named)):
            found |= {words, joined(words), spread(words)}
    return frozenset(tuple(german(folded(word)) for word in words) for words in found if words)


def words_of(text: str) -> tuple[str, ...]:
    """What stands between spaces and points, capitals kept: they tell initials from a short name."""
    plain = without_marks(unicodedata.normalize("NFKD", text))
    return tuple("".join(char if char.isalnum() else " " for char in plain).split())


def untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if not TITLE.fullmatch(folded(word)))


def without_letters_after(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without RN or PhD at the end, as long as two words are left: Li Ma has a surname."""
    while len(words) > 2 and AFTER_A_NAME.fullmatch(folded(words[-1])):
        words = words[:-1]
    return words


def joined(words: tuple[str, ...]) -> tuple[str, ...]:
    """O Neill as ONeill, van der Berg as vanderBerg."""
    found: list[str] = []
    before = ""
    for word in words:
        if PARTICLE.fullmatch(folded(word)):
            before += word
            continue
        found.append(before + word)
        before = ""
    return tuple([*found, before] if before else found)


def spread(words: tuple[str, ...]) -> tuple[str, ...]:
    """EXAMPLE JM as Example J M."""
    return tuple(
        part for word in words for part in (word if word.isupper() and len(word) <= INITIALS_MAX else (word,)) if part
    )


def german(word: str) -> str:
    """Mueller as Muller: an umlaut is written in two ways by those whose keyboard has none."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
