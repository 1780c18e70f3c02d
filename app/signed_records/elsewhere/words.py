"""What a record of elsewhere says, in a few lines; what is not written as such a record is not read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.refusal import Refused
from app.rules.record.content import FORMAT

NOT_WRITTEN_SO = (
    "The signature holds, but the record is not written as this service can read it. Read its PDF, and decide on prior "
    "learning without it."
)


def lines_of(says: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Pairs of what it is and what it says; raises Refused where something is missing or of another kind."""
    try:
        if says["format"] != FORMAT:
            raise Refused(NOT_WRITTEN_SO, "file")
        return [
            ("Learner", str(says["learner"]["name"])),
            ("Module", f"{says['module']['title']}, {int(says['module']['credits'])} credits"),
            ("Programme", f"{says['module']['programme']}, {says['module']['university']}"),
            *(("Placement", part_in_words(one)) for one in says["parts"]),
            ("Hours", hours_in_words(says["categories"])),
            *(("Signed off by", f"{one['name']}, {one['party']}") for one in (says["sign_off"] or {})["signatures"]),
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Refused(NOT_WRITTEN_SO, "file") from fault


def part_in_words(part: Mapping[str, Any]) -> str:
    first, last = (day_in_words(date.fromisoformat(part[name])) for name in ("starts_on", "ends_on"))
    return f"{part['study']['title']}, {part['organisation']}, with {part['mentor']}, {first} to {last}"


def hours_in_words(categories: Sequence[Mapping[str, Any]]) -> str:
    submitted, verified = (sum(int(one[name]) for one in categories) for name in ("submitted", "verified"))
    return f"{hours_and_minutes(submitted)}, {hours_and_minutes(verified)} of them verified"
