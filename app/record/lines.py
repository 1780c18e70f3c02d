"""The lines of a record one by one, hours entries and sessions in order of time, however many there are."""

from collections.abc import Callable, Collection, Iterator, Sequence
from heapq import merge

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_of
from app.models.hours import HoursCategory, HoursEntry
from app.models.placements import Placement
from app.models.supervision import SessionState, SupervisionSession
from app.web.paging import ROWS_AT_ONCE
from app.web.spreadsheet import Cell

HEADINGS = (
    "Day",
    "Kind",
    "Category",
    "Hours",
    "State",
    "Verified or confirmed by",
    "On",
    "Observed only",
    "What was done or talked about",
    "What was learnt",
)
Words = Callable[[int, str], str]


def rows_of_lines(session: Session, part_ids: Collection[int], words_of: Collection[int]) -> Iterator[Sequence[Cell]]:
    """What stands on the record of these parts; words only of those among `words_of`."""

    def words(placement_id: int, said: str) -> str:
        return said if placement_id in words_of else ""

    def entries() -> Iterator[tuple[str, int, list[Cell]]]:
        for number, entry in enumerate(session.scalars(entries_of(part_ids))):
            yield f"{entry.worked_on} 1", number, row_of_entry(entry, words)

    def meetings() -> Iterator[tuple[str, int, list[Cell]]]:
        for number, meeting in enumerate(session.scalars(meetings_of(part_ids))):
            yield f"{meeting.held_on} 0", number, row_of_meeting(meeting, words)

    yield from (row for _, _, row in merge(meetings(), entries(), key=lambda line: line[:2]))


def entries_of(part_ids: Collection[int]) -> Select[HoursEntry]:
    return (
        select(HoursEntry)
        .where(HoursEntry.placement_id.in_(part_ids), HoursEntry.withdrawn_at.is_(None))
        .options(joinedload(HoursEntry.verified_by))
        .order_by(HoursEntry.worked_on, HoursEntry.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )


def meetings_of(part_ids: Collection[int]) -> Select[SupervisionSession]:
    placement = joinedload(SupervisionSession.placement)
    return (
        select(SupervisionSession)
        .where(SupervisionSession.placement_id.in_(part_ids), SupervisionSession.withdrawn_at.is_(None))
        .options(
            placement.options(joinedload(Placement.learner), joinedload(Placement.mentor)),
            joinedload(SupervisionSession.deputy),
            joinedload(SupervisionSession.answered_by),
        )
        .order_by(SupervisionSession.held_on, SupervisionSession.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )


def row_of_entry(entry: HoursEntry, words: Words) -> list[Cell]:
    is_verified = entry.stands_as_verified
    return [
        entry.worked_on.isoformat(),
        "hours entry",
        entry.category.value,
        entry.minutes / 60,
        entry.state.value,
        entry.verified_by.name if is_verified and entry.verified_by else "",
        day_of(entry.verified_at).isoformat() if is_verified and entry.verified_at else "",
        "yes" if entry.is_observed else "",
        words(entry.placement_id, entry.did),
        words(entry.placement_id, entry.reflection),
    ]


def row_of_meeting(meeting: SupervisionSession, words: Words) -> list[Cell]:
    """A session counts as supervision once it is confirmed; its state says whether it does."""
    is_confirmed = meeting.state is SessionState.CONFIRMED
    return [
        meeting.held_on.isoformat(),
        "session",
        HoursCategory.SUPERVISION.value,
        meeting.minutes / 60,
        meeting.state.value,
        meeting.answerer.name if is_confirmed else "",
        day_of(meeting.confirmed_at).isoformat() if is_confirmed and meeting.confirmed_at else "",
        "",
        words(meeting.placement_id, meeting.topics),
        "",
    ]
