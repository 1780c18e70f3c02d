"""Limits that several forms set, with the words that say so."""

from urllib.parse import urlsplit

from wtforms.validators import Length, NumberRange

WORDS_MAX = 4000


def between(least: int, most: int, what: str) -> NumberRange:
    return NumberRange(least, most, f"{what} must be between {least} and {most}")


def at_most(what: str, characters: int = WORDS_MAX) -> Length:
    return Length(max=characters, message=f"{what} must be {characters:,} characters or fewer")


def is_web_address(text: str) -> bool:
    """Whether a text can stand as a link to a page."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, text))
    except ValueError:
        return False
