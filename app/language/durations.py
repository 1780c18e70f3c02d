"""Reads a duration as people write it: 7.5, 7,5, 7:30, 7h30, 7 h 30 min, 90 min, 7½, half an hour."""

import re
from fractions import Fraction

LIKE = "like 7 h 30 min, 7:30, 7.5 or 90 min"
# A bare number beyond a day of hours was most likely meant in minutes.
BARE_HOURS_MAX = 24

_H, _M = r"(?:h|hr|hrs|hour|hours)\.?", r"(?:m|min|mins|minute|minutes)\.?"
_SIGNS = str.maketrans({"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⁄": "/", "’": "", "'": ""})
_WORDS = {
    "half an hour": 30,
    "half hour": 30,
    "a half hour": 30,
    "quarter of an hour": 15,
    "a quarter of an hour": 15,
    "three quarters of an hour": 45,
    "an hour": 60,
    "one hour": 60,
    "an hour and a half": 90,
    "one and a half hours": 90,
}
# Only the digits 0 to 9, and few of them: int() would also take 1_0, and digits of other scripts.
_MINUTES = re.compile(rf"(\d{{1,5}}) ?{_M}", re.ASCII)
_CLOCK = re.compile(rf"(\d{{1,3}}) ?(?::|{_H}(?:,| and)?) ?(\d{{1,2}})(?: ?{_M}| ?{_H})?", re.ASCII)
_HOURS = re.compile(rf"(\d{{1,3}})?(?:[.,](\d{{1,2}}))?(?: ?([1-3])/([1-4]))?( ?{_H})?", re.ASCII)


class Unreadable(ValueError):
    """What was typed is no duration, or may mean two; the message says what to write."""


def minutes_in(typed: str) -> int:
    """Whole minutes; a bare number counts hours. Raises Unreadable."""
    text = " ".join(typed.translate(_SIGNS).casefold().split())
    if text in _WORDS:
        return _WORDS[text]
    if found := _MINUTES.fullmatch(text):
        return int(found[1])
    if found := _CLOCK.fullmatch(text):
        return _of_clock(int(found[1]), int(found[2]))
    found = _HOURS.fullmatch(text)
    if not found or not any(found.group(1, 2, 3)):
        raise Unreadable(f"Enter the time {LIKE}")
    return _of_hours(typed.strip(), *found.groups(""))


def _of_clock(hours: int, minutes: int) -> int:
    if minutes > 59:
        raise Unreadable("Minutes must be fewer than 60: write 1 h 15 min, or 75 min")
    return hours * 60 + minutes


def _of_hours(typed: str, whole: str, decimals: str, part: str, of: str, unit: str) -> int:
    """Hours in tenths and hundredths that make whole quarters, or with a fraction."""
    if decimals and part:
        raise Unreadable(f"Enter the time {LIKE}")
    hours = Fraction(f"{whole or 0}.{decimals or 0}") + (Fraction(int(part), int(of)) if part else 0)
    if not decimals and not part and not unit and hours > BARE_HOURS_MAX:
        raise Unreadable(f"Say whether {typed} is hours or minutes, like {typed} min")
    if (hours * 4).denominator != 1:
        raise Unreadable(f"{typed} may mean minutes or a part of an hour: write it {LIKE}")
    return int(hours * 60)
