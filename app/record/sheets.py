"""The sheets of a record as a workbook: numbers as numbers, days as 2026-03-03, so that a program can reckon on."""

from collections.abc import Iterable, Iterator, Sequence

from app.language.dates_and_times import day_of
from app.language.papers import Paper
from app.phrasebook.of_placements.whole_record import standing_in_words
from app.record import lines
from app.rules.record.content import RatingIn, RecordContent, WeekIn
from app.web.delivery.workbook import Sheet
from app.web.spreadsheet import Cell

Row = Sequence[Cell]


def sheets_of(record: RecordContent, paper: Paper, rows_of_lines: Iterable[Row]) -> list[Sheet]:
    """What the paper says in paragraphs comes first, then a sheet for each of its tables, and the lines one by one."""
    return [
        Sheet("Record", ("About", "What it says"), told_in(paper)),
        Sheet("Hours by category", CATEGORY_HEADINGS, categories_of(record)),
        Sheet("Hours by week", WEEK_HEADINGS, weeks_of(record)),
        Sheet("Lines", lines.HEADINGS, rows_of_lines),
        Sheet("Sessions", SESSION_HEADINGS, sessions_of(record)),
        Sheet("Capabilities", CAPABILITY_HEADINGS, capabilities_of(record)),
        Sheet("Evidence", EVIDENCE_HEADINGS, evidence_of(record)),
        Sheet("Signatures", SIGNATURE_HEADINGS, signatures_of(record)),
    ]


CATEGORY_HEADINGS = ("Category", "Planned hours", "Submitted", "Of these verified", "Logged only")
WEEK_HEADINGS = ("First day", "Last day", "Category", "Submitted hours", "Of these verified", "Logged only")
SESSION_HEADINGS = ("Day", "Hours", "How", "With", "State", "In a group", "What about", "Actions")
CAPABILITY_HEADINGS = (
    "Capability",
    "Is asked for",
    "Learner’s rating",
    "On",
    "Mentor’s rating",
    "On",
    "By",
    "Pieces of evidence",
)
EVIDENCE_HEADINGS = ("Title", "Kind", "Added on", "For", "Counts", "SHA-256 of the file")
SIGNATURE_HEADINGS = ("Under", "Part", "As", "Name", "Given on", "Stands", "Why not", "Revision", "Digest")


def told_in(paper: Paper) -> Iterator[Row]:
    return ((section.heading, words) for section in paper.sections for words in section.paragraphs)


def categories_of(record: RecordContent) -> Iterator[Row]:
    for one in record.categories:
        planned = "" if one.planned is None else one.planned / 60
        yield one.category, planned, one.submitted / 60, one.verified / 60, one.logged_only / 60


def weeks_of(record: RecordContent) -> Iterator[Row]:
    """A row for each week and category with any hours."""
    return (row for week in record.weeks for row in rows_of_week(week))


def rows_of_week(week: WeekIn) -> Iterator[Row]:
    days = week.first_day.isoformat(), week.last_day.isoformat()
    for category in sorted({*week.submitted, *week.logged_only}):
        kinds = (week.submitted, week.verified, week.logged_only)
        yield *days, category, *(minutes.get(category, 0) / 60 for minutes in kinds)


def sessions_of(record: RecordContent) -> Iterator[Row]:
    for one in record.sessions:
        actions = "\n".join(f"{action.owner}: {action.what}" for action in one.actions)
        group = "yes" if one.is_in_a_group else ""
        yield one.held_on.isoformat(), one.minutes / 60, one.form, one.held_by, one.state, group, one.topics, actions


def capabilities_of(record: RecordContent) -> Iterator[Row]:
    for one in record.capabilities:
        by = one.by_mentor.rated_by if one.by_mentor else ""
        asked = "no longer" if one.is_retired else "yes"
        yield one.name, asked, *rating(one.by_learner), *rating(one.by_mentor), by, one.number_of_evidence


def rating(given: RatingIn | None) -> Row:
    return (given.level, day_of(given.rated_at).isoformat()) if given else ("", "")


def evidence_of(record: RecordContent) -> Iterator[Row]:
    for one in record.evidence:
        counts = "yes" if one.counts else "no"
        added = day_of(one.added_at).isoformat()
        yield one.title, one.kind, added, "\n".join(one.capabilities), counts, one.file_digest


def signatures_of(record: RecordContent) -> Iterator[Row]:
    for what, part, one in record.signed:
        stands, why_not = ("yes", "") if one.stands else ("no", standing_in_words(one).removeprefix("no: "))
        signed = day_of(one.signed_at).isoformat()
        yield what, part, one.party, one.name, signed, stands, why_not, one.revision, one.digest
