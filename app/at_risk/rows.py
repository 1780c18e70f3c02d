"""What a row of the list says: each reason with its sentence, the deed that helps, and whether it is put aside."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.academic.dissertations import Dissertation
from app.models.course.acknowledged import Acknowledgement
from app.models.people import Person
from app.models.placements import Placement
from app.phrasebook.of_programmes.dissertations import overdue_in_words
from app.phrasebook.risks import risk_in_words
from app.rules.course.acknowledged import apart
from app.rules.course.risks import RESCUE, AtRisk, Risk
from app.rules.dissertations.late import first_overdue

MISSING = frozenset({Risk.NOT_READY, Risk.RELEASE_WITHDRAWN, Risk.RUNS_OUT})


@dataclass(frozen=True, slots=True)
class Help:
    """Where the deed that helps is done."""

    text: str
    endpoint: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason as the list says it; `acknowledged` where it is put aside."""

    risk: Risk
    sentence: str
    help: Help
    acknowledged: Acknowledgement | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A placement with its reasons, and where the reader sees all of it."""

    placement: Placement
    page: Help
    reasons: Sequence[Reason]


def row_of(
    placement: Placement,
    risks: Sequence[AtRisk],
    acknowledged: Mapping[Risk, Acknowledgement],
    reader: Person,
    enrolment_id: int | None,
    today: date,
) -> Row:
    """Reasons that need somebody come first."""
    needing, aside = apart(risks, acknowledged, today)

    def said() -> Iterator[Reason]:
        for one in needing:
            yield Reason(one.risk, risk_in_words(one, today), helping(one.risk, placement, reader, enrolment_id))
        for one, known in aside:
            help_ = helping(one.risk, placement, reader, enrolment_id)
            yield Reason(one.risk, risk_in_words(one, today), help_, known)

    return Row(placement, page_of(placement, reader, enrolment_id), tuple(said()))


@dataclass(frozen=True, slots=True)
class LateRow:
    """A dissertation with the milestone for which it is late."""

    dissertation: Dissertation
    learner: Person
    sentence: str


def late_rows(found: Iterable[tuple[Dissertation, Person]], today: date) -> list[LateRow]:
    return [
        LateRow(one, learner, overdue_in_words(milestone))
        for one, learner in found
        if (milestone := first_overdue(one, today))
    ]


def helping(risk: Risk, placement: Placement, reader: Person, enrolment_id: int | None) -> Help:
    """What this reader can do about it: a coordinator changes the course, a university sees to record and reviews."""
    here = {"placement_id": placement.id}
    if placement.opening.network_id in reader.network_ids():
        if risk in MISSING:
            return Help("See training, papers and release", "readiness.show", here)
        if risk in RESCUE:
            return Help("Say what comes next", "oversight.show", here)
    elif risk is Risk.REVIEW_OVERDUE:
        return Help("See the progress reviews", "progress_reviews.of_placement", here)
    return page_of(placement, reader, enrolment_id)


def page_of(placement: Placement, reader: Person, enrolment_id: int | None) -> Help:
    """All of the placement: for whoever coordinates it without the words of its record."""
    here = {"placement_id": placement.id}
    if placement.opening.network_id in reader.network_ids():
        return Help("See the placement", "oversight.show", here)
    if enrolment_id is None:
        return Help("See the progress reviews", "progress_reviews.of_placement", here)
    return Help("See the record", "progress.show", {"enrolment_id": enrolment_id})
