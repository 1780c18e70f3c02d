"""What looks wrong in a record but may be right: the writer is asked, and can save it with a tick."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from app.language.dates_and_times import hours_and_minutes
from app.language.refusal import Refused
from app.models.values.free_text import DetailKind, find_patient_details

# DOMAIN.md 5.4, H3 and H4.
ENTRY_HOURS = 12
DAY_HOURS = 16
WEEK_HOURS = 48


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def doubts_about_duration(day: date, minutes: int, logged: Mapping[date, int], field: str) -> list[str]:
    """Ask about a long entry, day or week; raises Refused where the day would have more than 24 hours.

    `logged` has the minutes of the other entries of the same learner by day, at least those of the same week.
    """
    in_day = minutes + logged.get(day, 0)
    if in_day > 24 * 60:
        raise Refused(f"With this the day would have {hours_and_minutes(in_day)}. Check the date and the time.", field)
    monday, sunday = week_of(day)
    in_week = minutes + sum(number for when, number in logged.items() if monday <= when <= sunday)
    checks = (
        (minutes, ENTRY_HOURS, "in one entry"),
        (in_day, DAY_HOURS, "on that day"),
        (in_week, WEEK_HOURS, "in that week"),
    )
    return [
        f"That makes {hours_and_minutes(found)} {where}, which is more than {limit} hours."
        for found, limit, where in checks
        if found > limit * 60
    ]


class OfAPatient(str):
    """A doubt that words could identify a patient: a tick alone does not answer it."""


def doubts_about_text(texts: Iterable[str], today: date) -> list[str]:
    """Ask about anything that looks like a patient's details."""
    return [
        OfAPatient(
            f"“{detail.found}” looks like {detail.kind.words}. Take out whatever could identify a patient: write "
            f"“{detail.kind.instead}”, for instance."
        )
        for text in texts
        for detail in find_patient_details(text, today)
    ]


def ask_about(doubts: list[str], is_sure: bool, field: str = "is_sure") -> None:
    """Raise Refused with everything that is in doubt, unless the writer has said that it is right.

    Where a patient might be identified, the form has asked for a reason as well.
    """
    if doubts and not is_sure:
        asks_why = any(isinstance(one, OfAPatient) for one in doubts)
        then = "tick the box, say why and send it again" if asks_why else "tick the box and send it again"
        raise Refused(" ".join([*doubts, f"If it is right as it is, {then}."]), field)


def kinds_found(texts: Iterable[str], today: date) -> list[DetailKind]:
    """The kinds of patients' details that texts look like they hold, each once."""
    return list(dict.fromkeys(detail.kind for text in texts for detail in find_patient_details(text, today)))
