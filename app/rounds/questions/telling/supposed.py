"""What is supposed, in names, and where somebody could do it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.studies import Opening, Study
from app.phrasebook.answers.questions import supposed_in_words
from app.rounds.questions.queries import openings_of_ids, requests_of_ids
from app.rounds.questions.supposed import Supposed, What

OF_OPENINGS = (What.PIN, What.APART, What.PLACE_AT_OPENING)
OF_MENTORS = (What.WITHOUT_MENTOR, What.PLACE_OF_MENTOR)


@dataclass(frozen=True)
class SupposedTold:
    """A change that is thought of, in words, with those whom it names."""

    token: str
    what: str
    words: str
    request: PlacementRequest | None
    opening: Opening | None
    mentor: Person | None
    study: Study | None


def supposed_told(session: Session, supposed: Sequence[Supposed]) -> list[SupposedTold]:
    """Each in names, in their order, without those that name what is not there; four queries."""
    requests = requests_of_ids(session, [one.ids[0] for one in supposed if one.what.is_pairing])
    openings = openings_of_ids(session, [one.ids[-1] for one in supposed if one.what in OF_OPENINGS])
    mentor_ids = [one.ids[0] for one in supposed if one.what in OF_MENTORS]
    study_ids = [one.ids[0] for one in supposed if one.what is What.PLACE_IN_STUDY]
    mentors = {one.id: one for one in session.scalars(select(Person).where(Person.id.in_(mentor_ids)))}
    studies = {one.id: one for one in session.scalars(select(Study).where(Study.id.in_(study_ids)))}

    def in_names() -> Iterator[SupposedTold]:
        for one in supposed:
            request = requests.get(one.ids[0]) if one.what.is_pairing else None
            opening = openings.get(one.ids[-1]) if one.what in OF_OPENINGS else None
            mentor = opening.mentor if opening else mentors.get(one.ids[0]) if one.what in OF_MENTORS else None
            study = opening.study if opening else studies.get(one.ids[0]) if one.what is What.PLACE_IN_STUDY else None
            if (mentor or study) and (request or not one.what.is_pairing):
                yield told_of(one, request, opening, mentor, study)

    return list(in_names())


def told_of(
    one: Supposed,
    request: PlacementRequest | None,
    opening: Opening | None,
    mentor: Person | None,
    study: Study | None,
) -> SupposedTold:
    words = supposed_in_words(
        one.what.value,
        request.learner.name if request else "",
        mentor.name if mentor else "",
        f"“{study.name}”" if study else "",
    )
    return SupposedTold(one.token, one.what.value, words, request, opening, mentor, study)
