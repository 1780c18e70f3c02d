"""Academic years, known by the year in which they begin and written like 2026/27."""

import re
from datetime import date

FIRST_MONTH = 8  # August, with which the years of the Higher Education Statistics Agency begin
EARLIEST, LATEST = 2000, 2099


def year_in_words(begins: int) -> str:
    """2026/27"""
    return f"{begins}/{(begins + 1) % 100:02}"


def year_in(typed: str) -> int:
    """The year in which a written academic year begins; raises ValueError for what is none."""
    found = re.fullmatch(r"([0-9]{4})\s*[/-]\s*(?:20)?([0-9]{2})", typed.strip())
    if not found or int(found[2]) != (int(found[1]) + 1) % 100 or not EARLIEST <= int(found[1]) <= LATEST:
        raise ValueError(typed)
    return int(found[1])


def academic_year_of(day: date) -> int:
    return day.year if day.month >= FIRST_MONTH else day.year - 1
