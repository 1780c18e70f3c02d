"""What a coordinator reads of groups: where too few learners are left, and who comes next only together."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.rounds import MatchRound
from app.models.studies import Opening
from app.phrasebook.of_rounds.groups import group_in_words, what_to_do
from app.rounds.clearing.next_in_line import InLine
from app.rules.groups.too_small import SmallGroup, small_groups
from app.rules.home_items import HomeItem, ToDo


def items_of_small_groups(session: Session, person: Person, today: date) -> list[HomeItem]:
    """A line for each group in her networks that has to begin and is too small."""
    if not person.network_ids():
        return []
    return [
        ToDo(
            f"Complete the group of {one.name}",
            f"{group_in_words(one)}. {what_to_do(one)}",
            "studies.show",
            {"study_id": one.study_id},
        )
        for one in small_groups(session, today, Opening.network_id.in_(person.network_ids()))
        if one.has_to_begin
    ]


def groups_told(session: Session, round_: MatchRound, today: date) -> list[tuple[str, int]]:
    """Each group in the networks of a round that is too small, in words, and the study where its numbers are set."""
    groups = small_groups(session, today, Opening.network_id.in_([network.id for network in round_.networks]))
    return [(f"{group_in_words(one)}. {what_now(one)}", one.study_id) for one in groups]


def what_now(group: SmallGroup) -> str:
    return (
        what_to_do(group) if group.has_to_begin else "All of them have begun, so it goes on with those who are there."
    )


def only_together(in_line: InLine) -> Iterator[tuple[str, int]]:
    """Whose places go to those who come next only if all of them take one: a study or mentor, and how many."""
    problem, openings = in_line.snapshot.problem, in_line.snapshot.openings
    starts_with = {one.id: one.minimum_if_used for one in problem.mentors}
    starts_with |= {one.id: one.minimum_if_used for one in problem.studies}
    names = {mentor: opening.mentor.name for (mentor, _), opening in openings.items()}
    names |= {study: f"“{opening.study.name}”" for (_, study), opening in openings.items()}
    placed = in_line.settled.solution.placed
    for id_ in sorted({id_ for one in placed for id_ in (one.mentor, one.study)}, key=names.__getitem__):
        if starts_with[id_] > 1:
            yield names[id_], starts_with[id_]
