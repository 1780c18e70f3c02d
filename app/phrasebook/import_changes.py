"""What an import changes, in words: the part of a record, and what stood and will stand there."""

import enum
from collections.abc import Sequence
from datetime import date

from app.language.dates_and_times import day_in_words

PARTS = {
    "title": "Title",
    "short_title": "Short name",
    "summary": "Summary",
    "conditions": "Conditions",
    "status": "Status",
    "phase": "Phase",
    "study_type": "Type",
    "is_commercial": "Commercial",
    "lead": "Lead",
    "funder": "Funder",
    "starts_on": "Starts",
    "completes_on": "Completes",
    "source": "Registries",
    "registry_updated_on": "Updated at the registry",
    "identifiers": "Numbers",
    "specialties": "Specialties",
    "sites": "Sites",
    "name": "Name",
    "postcode": "Postcode",
    "opened_on": "Opened",
    "closed_on": "Closed",
}
EXCERPT = 240
NOTHING = "nothing"

Value = str | bool | date | enum.Enum | None


def in_words(part: str, old: Value, new: Value) -> list[str]:
    """The part, what stood there and what will; long texts from a little before where they differ."""
    was, will_be = worded(old), worded(new)
    same = next((at for at, (a, b) in enumerate(zip(was, will_be, strict=False)) if a != b), 0)
    start = max(0, same - EXCERPT // 4) if max(len(was), len(will_be)) > EXCERPT else 0
    return [PARTS[part], excerpt(was, start), excerpt(will_be, start)]


def lists_in_words(part: str, old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The part, what leaves the list and what comes to it; the order alone is said where nothing else changes."""
    left, came = [one for one in old if one not in new], [one for one in new if one not in old]
    if not left and not came:
        return [PARTS[part], "the same in another order", "the same in another order"]
    kept = len(new) - len(came)
    beside = f"; {kept} as before" if kept else ""
    return [PARTS[part], excerpt("; ".join(left)) or NOTHING, (excerpt("; ".join(came)) or NOTHING) + beside]


def worded(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, enum.Enum):
        return str(value.value)
    return value or NOTHING


def excerpt(text: str, start: int = 0) -> str:
    """At most EXCERPT characters of a text, with dots where some are left out."""
    end = start + EXCERPT
    return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"
