"""What about a study or its dates makes a placement harder: worth knowing, never forbidden (DOMAIN.md 5.2 and R9)."""

from collections.abc import Collection
from datetime import date, timedelta

from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.models.programmes import Level
from app.models.studies import Study
from app.models.values.study_status import StudyStatus
from app.rules.length import weeks_needed

# The Associate PI Scheme asks for six months of recruitment left, and for at most four until a study opens.
RECRUITMENT_LEFT = timedelta(days=182)
UNTIL_OPEN = timedelta(days=122)
# What is further off, or longer, was mostly meant to be another year.
FAR_OFF = timedelta(days=366)
LONGEST = timedelta(days=2 * 366)
FEWEST_CREDITS = 15


def scheme_notes(study: Study, today: date) -> list[str]:
    """Why the study does not suit the Associate PI Scheme, as far as its record tells; empty when nothing does."""
    checks = (
        (bool(study.is_commercial), "it is commercial"),
        (len(study.sites) == 1, "it has a single site"),
        (study.completes_on is not None and study.completes_on < today, "its completion date is over"),
        (
            study.completes_on is not None and today <= study.completes_on < today + RECRUITMENT_LEFT,
            "it completes within six months",
        ),
        (
            study.status is StudyStatus.IN_SETUP
            and study.starts_on is not None
            and study.starts_on > today + UNTIL_OPEN,
            "it opens more than four months from now",
        ),
        (study.status is StudyStatus.CLOSED_TO_RECRUITMENT, "it no longer recruits"),
    )
    return [reason for holds, reason in checks if holds]


def doubts_about_end(study: Study, ends_on: date) -> list[str]:
    """Ask about an opening that outlasts its study."""
    if study.completes_on is None or study.completes_on >= ends_on:
        return []
    return [f"The study completes on {day_in_words(study.completes_on)}, before the opening ends."]


def doubts_about_dates(starts_on: date, ends_on: date, levels: Collection[Level], today: date) -> list[str]:
    """Ask about an opening that is very long, too short for any module of its levels, or far from now."""
    weeks, needed = (ends_on - max(starts_on, today)).days // 7, fewest_weeks(levels)
    checks = (
        (
            ends_on - starts_on > LONGEST,
            f"From {day_in_words(starts_on)} to {day_in_words(ends_on)} is more than two years.",
        ),
        (starts_on > today + FAR_OFF, f"The first day, {day_in_words(starts_on)}, is more than a year from now."),
        (
            weeks < needed,
            f"That leaves {count(weeks, 'week')}, and the shortest module of these levels usually takes {needed}.",
        ),
    )
    return [doubt for holds, doubt in checks if holds]


def fewest_weeks(levels: Collection[Level]) -> int:
    """What the smallest module of any of the levels usually takes."""
    return min((weeks_needed(FEWEST_CREDITS, level) for level in levels), default=0)


def doubts_about_start(study: Study, starts_on: date) -> list[str]:
    """Ask about an opening that starts before its study."""
    if study.starts_on is None or study.starts_on <= starts_on:
        return []
    return [f"The study starts on {day_in_words(study.starts_on)}, after the opening begins."]
