"""Finds dates in free text that look like a date of birth, and leaves the dates of a learner's own record alone.

A complete date up to today counts when a word of birth stands near it in the same sentence, when it is in figures and
at least `OWN_RECORD_YEARS` ago, or when its month is in words and it is at least `ADULT_YEARS` ago. So "3 March 2026"
alone is a session, and a year alone is nothing. Figures are read day first and, where that is no date, month first.
"""

import re
from collections.abc import Iterator
from datetime import date

# A learner's own dates (sessions, placements, courses) fall within the three years that the whole programme takes.
OWN_RECORD_YEARS = 3
# Dates in words are how people write about approvals and publications, so only those of an adult's age count alone.
ADULT_YEARS = 18

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_IN_FIGURES = re.compile(
    r"(?<![0-9./vV-])(?:(?P<a>[0-9]{1,2})(?P<s>[/.-])(?P<b>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4}|[0-9]{2})"
    r"|(?P<iy>[0-9]{4})(?P<t>[/.-])(?P<im>[0-9]{1,2})(?P=t)(?P<id>[0-9]{1,2}))(?![0-9]|[/.-][0-9])"
)
_IN_WORDS = re.compile(
    rf"(?<![0-9])(?:(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[ \u00a0/.-]*{_MONTH.format('m')}"
    rf"|\b{_MONTH.format('n')} (?P<e>[0-9]{{1,2}})(?:st|nd|rd|th)?)[ \u00a0,/.-]*(?P<y>[0-9]{{4}}|[0-9]{{2}})(?![0-9])",
    re.IGNORECASE,
)
_BIRTH_BEFORE = re.compile(
    r"\b(?:born|d\.?\s?o\.?\s?b\b\.?|dates? of birth|birth ?dates?|birthday)(?!\w)[^.!?\n]{0,40}$", re.IGNORECASE
)
_BIRTH_AFTER = re.compile(
    r"^[^.!?\n0-9]{0,20}\b(?:born|d\.?\s?o\.?\s?b|dates? of birth|birth ?dates?|birthday)\b", re.IGNORECASE
)


def dates_of_birth(text: str, today: date) -> Iterator[tuple[int, int]]:
    """Start and end of each date in `text` that looks like a birth; first those in figures, then those in words."""
    for pattern, read, years in (
        (_IN_FIGURES, _date_in_figures, OWN_RECORD_YEARS),
        (_IN_WORDS, _date_in_words, ADULT_YEARS),
    ):
        for match in pattern.finditer(text):
            day = read(match, today)
            if day and day <= today and (_near_birth(text, match) or _years_between(day, today) >= years):
                yield match.span()


def _near_birth(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 70) : match.start()], text[match.end() : match.end() + 40]
    return bool(_BIRTH_BEFORE.search(before) or _BIRTH_AFTER.match(after))


def _date_in_figures(match: re.Match[str], today: date) -> date | None:
    if match["iy"]:
        return _date(int(match["iy"]), int(match["im"]), int(match["id"]))
    if match["s"] == "." and len(match["y"]) == 2 and min(len(match["a"]), len(match["b"])) < 2:
        return None  # 2.1.10 is a version or a section
    year, first, second = _full_year(match["y"], today), int(match["a"]), int(match["b"])
    return _date(year, second, first) or _date(year, first, second)


def _date_in_words(match: re.Match[str], today: date) -> date | None:
    month = _MONTHS.index((match["m"] or match["n"])[:3].lower()) + 1
    return _date(_full_year(match["y"], today), month, int(match["d"] or match["e"]))


def _full_year(digits: str, today: date) -> int:
    """Two figures mean the latest such year that has begun."""
    if len(digits) == 4:
        return int(digits)
    year = today.year - today.year % 100 + int(digits)
    return year if year <= today.year else year - 100


def _date(year: int, month: int, day: int) -> date | None:
    """The date, if there is one within the life of anybody alive."""
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


def _years_between(earlier: date, later: date) -> int:
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))
