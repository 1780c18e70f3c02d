"""Limits that several forms set, with the words that say so."""

from wtforms.validators import Length, NumberRange

WORDS_MAX = 4000


def between(least: int, most: int, what: str) -> NumberRange:
    return NumberRange(least, most, f"{what} must be between {least} and {most}")


def at_most(what: str, characters: int = WORDS_MAX) -> Length:
    return Length(max=characters, message=f"{what} must be {characters:,} characters or fewer")
