"""What published openings say of themselves, read without an object for each."""

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.folding import as_searched
from app.models.organisations import Organisation, Specialty
from app.models.people import MentorProfile, Person
from app.models.programmes import Level
from app.models.studies import Opening, Study, StudyIdentifier, study_specialties
from app.rules.plain.openings import by_key, published
from matching.interest import OpeningText

FOLDED_MAX = 20_000  # texts, of about a kilobyte


def texts_in(session: Session, network_ids: Collection[int] | None, level: Level | None) -> tuple[OpeningText, ...]:
    """The texts of the openings that `plain_openings` gives, as `fit.text_of` says them; three queries."""
    columns = (Study.short_title, Study.title, Study.summary, Study.conditions)
    rows = session.execute(
        published(
            network_ids, level, Opening.id, Opening.study_id, *columns, Opening.learner_does, MentorProfile.teaches
        )
        .join(Study, Study.id == Opening.study_id)
        .outerjoin(MentorProfile, MentorProfile.person_id == Opening.mentor_id)
        .order_by(Opening.id)
    )
    specialties = specialties_by_study(session, network_ids, level)
    return tuple(
        OpeningText(
            key=str(id_),
            texts=tuple(text for text in (" ".join(of_study), does, teaches or "") if text.strip()),
            specialties=specialties.get(study_id, frozenset()),
        )
        for id_, study_id, *of_study, does, teaches in rows
    )


def specialties_by_study(
    session: Session, network_ids: Collection[int] | None, level: Level | None
) -> dict[int, frozenset[str]]:
    """The names of the specialties of every study that has such an opening."""
    names: dict[int, str] = dict(session.execute(select(Specialty.id, Specialty.name)).all())
    columns = study_specialties.c
    rows = session.execute(
        published(network_ids, level, columns.study_id, columns.specialty_id).join(
            study_specialties, columns.study_id == Opening.study_id
        )
    )
    return by_key((study_id, names[id_]) for study_id, id_ in rows)


def folded_names_by_opening(session: Session) -> dict[int, str]:
    """Who offers each published opening and where, as searches compare it."""
    rows = session.execute(
        published(None, None, Opening.id, Person.folded_name, Organisation.folded_name).join(
            Organisation, Organisation.id == Opening.organisation_id
        )
    )
    return {id_: f"{mentor} {organisation}" for id_, mentor, organisation in rows}


def numbers_by_study(session: Session) -> dict[int, frozenset[str]]:
    """The registry numbers of every study that has a published opening, as searches compare them."""
    rows = session.execute(
        published(None, None, StudyIdentifier.study_id, StudyIdentifier.value).join(
            StudyIdentifier, StudyIdentifier.study_id == Opening.study_id
        )
    )
    return by_key((study_id, as_searched(value)) for study_id, value in rows)


@lru_cache(maxsize=FOLDED_MAX)
def folded_once(text: str) -> str:
    """A text as searches compare it; folding thousands of summaries takes longer than the whole page."""
    return as_searched(text)
