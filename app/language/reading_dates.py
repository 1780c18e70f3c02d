"""Reads a day as people write it: 3 Nov 26, 3/11/2026, 3rd November 2026, Tuesday 3 November, 2026-11-03."""

import re
from calendar import month_name
from datetime import date

# Two digits of a year are of this century: nothing here is older than the service's people are learners.
CENTURY = 2000
YEAR_MIN = 1900
# Whatever a person enters ends before; a day or a year more than the last date there is would be no date.
YEAR_MAX = 2199

_MONTHS = {name.casefold(): number for number, name in enumerate(month_name) if number}
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,? )?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_GAP = r"(?:[ .,/-]|, )"
# Only the digits 0 to 9: int() would also take 1_0, and digits of other scripts.
_WHOLE = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"{_WEEKDAY}{_DAY} ?(?:{_GAP}|of )?(?P<month>[a-z]{{3,9}})\.? ?{_GAP}?{_YEAR}",
        rf"{_WEEKDAY}(?P<month>[a-z]{{3,9}})\.? {_DAY}(?:,? ){_YEAR}",
        rf"(?P<day>\d{{1,2}})(?P<gap>[ ./-])(?P<month>\d{{1,2}})(?P=gap){_YEAR}",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})",
    )
]


def day_of_parts(day: str, month: str, year: str) -> date:
    """The day that three fields name; a month may be a word, a year two digits. Raises ValueError."""
    return date(year_in(year), month_in(month), int(_digits(re.sub(r"(?<=\d)(st|nd|rd|th)$", "", day.casefold()))))


def whole_day(typed: str) -> date | None:
    """The day that one text names, or None when it names none; the day comes before the month, as in this country."""
    text = " ".join(typed.casefold().split())
    for pattern in _WHOLE:
        found = pattern.fullmatch(text)
        if found:
            try:
                return day_of_parts(found["day"], found["month"], found["year"])
            except ValueError:
                continue
    return None


def month_in(typed: str) -> int:
    """November, Nov, Sept or 11; raises ValueError."""
    word = typed.casefold().rstrip(".")
    named = [number for name, number in _MONTHS.items() if len(word) > 2 and name.startswith(word)]
    return named[0] if named else int(_digits(word))


def year_in(typed: str) -> int:
    """2026 or 26; raises ValueError."""
    if len(typed) == 2:
        return CENTURY + int(_digits(typed))
    year = int(_digits(typed))
    if not YEAR_MIN <= year <= YEAR_MAX:
        raise ValueError("a year has two or four digits, and is one of these centuries")
    return year


def _digits(text: str) -> str:
    if not re.fullmatch("[0-9]{1,4}", text):
        raise ValueError("not a number")
    return text
