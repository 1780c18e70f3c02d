"""The record as words for the PDF that is sealed: who signed it off and how to check it, then the whole of it."""

from datetime import datetime

from app.language.dates_and_times import day_in_words, day_of
from app.language.papers import Paper, Section
from app.phrasebook.of_placements.whole_record import paper_of_record
from app.signed_records.drafts import Draft


def paper_of(draft: Draft, address: str, issued_at: datetime) -> Paper:
    """A reader needs no other file."""
    whole = paper_of_record(draft.record, day_of(issued_at))
    how_to_check = Section(
        "How to check this record",
        (
            f"Issued on {day_in_words(day_of(issued_at))}. {address} says whether it still stands, and leads to where "
            "a file is checked.",
            f"Digest of the record: {draft.digest}",
        ),
    )
    return Paper(whole.title, (how_to_check, *whole.sections))
