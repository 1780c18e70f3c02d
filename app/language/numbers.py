"""Numbers as they stand in a sentence: how many of something, and which in an order."""

from collections.abc import Sequence

IN_WORDS = ("first", "second", "third")


def count(number: int, singular: str, several: str = "") -> str:
    """1 opening, 14 openings; `several` says what adding an s does not: 2 studies, 2 learners have."""
    return f"{number:,} {plural(number, singular, several)}"


def plural(number: int, singular: str, several: str = "") -> str:
    """opening, openings: what belongs beside a number that stands elsewhere."""
    return singular if number == 1 else several or f"{singular}s"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st"""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def ordinal_in_words(number: int) -> str:
    """first, second, third, 4th"""
    return IN_WORDS[number - 1] if number <= len(IN_WORDS) else ordinal(number)


def listed(names: Sequence[str]) -> str:
    """A, B and C"""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
