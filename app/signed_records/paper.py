"""The record as words for the PDF that is sealed: who signed it off and how to check it, then the whole of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.language.dates_and_times import day_in_words, day_of
from app.language.papers import Paper, Section
from app.phrasebook.of_placements.whole_record import paper_of_record
from app.signed_records.drafts import Draft


def paper_of(draft: Draft, address: str, issued_at: datetime) -> Paper:
    """A reader needs no other file."""
    whole = paper_of_record(draft.record, day_of(issued_at))
    before = (
        Section("Signed off", signed_off(draft.record.sign_off or {})),
        Section(
            "How to check this record",
            (
                f"Issued on {day_in_words(day_of(issued_at))}. {address} says whether it still stands, and leads to "
                "where a file is checked.",
                f"Digest of the record: {draft.digest}",
            ),
        ),
    )
    return Paper(whole.title, (*before, *whole.sections))


def signed_off(section: Mapping[str, Any]) -> tuple[str, ...]:
    lines = []
    for one in section.get("signatures", ()):
        said = f"{one['name']}, {one['party']}, on {day_in_words(day_of(one['signed_at']))}"
        although = f" Something was missing; signed all the same because: {one['signed_although']}"
        lines.append(f"{said}.{although if one['signed_although'] else ''}")
    lines += [
        f"{one['granted_by']} allowed {one['name']} to stand in two parts: {one['reason']}"
        for one in section.get("exceptions", ())
    ]
    return tuple(lines)
