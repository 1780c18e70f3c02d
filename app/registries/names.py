"""Turns the capitals in which the Organisation Data Service writes names into names as people write them."""

import re

_SMALL = frozenset({"and", "at", "by", "for", "in", "of", "on", "the", "to", "under", "upon", "with"})
_CAPITALS = frozenset({"A&E", "CAMHS", "FT", "GP", "HMP", "HQ", "II", "III", "ICU", "MRI", "NHS", "UK"})
_WORD = re.compile(r"[A-Z0-9&]+(?:['’][A-Z]+)*")


def title_case(name: str) -> str:
    """GUY'S AND ST THOMAS' NHS TRUST as Guy's and St Thomas' NHS Trust; a name with small letters stays as it is.

    Abbreviations that only one trust uses cannot be told from words and come out as words.
    """
    if name != name.upper():
        return name
    return _WORD.sub(lambda match: _written(match[0], opens=_opens_a_part(name[: match.start()])), name)


def _opens_a_part(before: str) -> bool:
    """Whether a word stands first in the name, in brackets or after a dash between spaces."""
    return not before or before.endswith(("(", " - "))


def _written(word: str, opens: bool) -> str:
    if word in _CAPITALS:
        return word
    lower = word.lower()
    if lower in _SMALL and not opens:
        return lower
    return re.sub("^[a-z]", lambda first: first[0].upper(), lower)
