"""Who and what stands behind the names in the problem of a run."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.studies import Study
from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES, Keys


def names_of(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """The names of learners and mentors and the titles of studies, by their names in the problem; three queries."""
    sought = list(keys)
    learners = select(PlacementRequest.id, Person.name).join(PlacementRequest.learner)
    titles = select(Study.id, Study.short_title, Study.title).where(Study.id.in_(ids_in(sought, STUDIES)))
    names = {
        LEARNERS.encode(id_): name
        for id_, name in session.execute(learners.where(PlacementRequest.id.in_(ids_in(sought, LEARNERS))))
    }
    mentors = select(Person.id, Person.name).where(Person.id.in_(ids_in(sought, MENTORS)))
    names |= {MENTORS.encode(id_): name for id_, name in session.execute(mentors)}
    return names | {STUDIES.encode(id_): f"“{short or title}”" for id_, short, title in session.execute(titles)}


def ids_in(keys: Iterable[str], kind: Keys) -> list[int]:
    """The ids in those of the names that are of this kind."""
    return [kind.decode(key) for key in keys if key.startswith(kind.letter)]
