"""What people see of studies: the list with search and filters, one study with all its parts, what can be chosen."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only, selectinload

from app.finding import folded, has_all
from app.fit import all_of_an_opening
from app.models.organisations import Network, Specialty, SpecialtyKind
from app.models.people import MentorAbsence, Person
from app.models.studies import Opening, OpeningState, Study, UploadedFile, study_specialties
from app.models.study_status import StudyStatus
from app.paging import Page, page_of
from app.studies.opening_queries import OpeningLine, lines_of


def studies(session: Session, typed: str, status: StudyStatus | None, specialty_id: int | None, number: int) -> Page:
    """The studies that have every typed word, a status and a specialty, by title."""
    statement = (
        select(Study)
        .where(has_all(Study.search_text, folded(typed).split()))
        .order_by(func.lower(Study.title), Study.id)
        .options(
            load_only(Study.title, Study.short_title, Study.status),
            selectinload(Study.identifiers),
            selectinload(Study.specialties),
        )
    )
    if status:
        statement = statement.where(Study.status == status)
    if specialty_id:
        with_specialty = select(study_specialties.c.study_id).where(study_specialties.c.specialty_id == specialty_id)
        statement = statement.where(Study.id.in_(with_specialty))
    return page_of(session, statement, number)


def openings_by_study(session: Session, study_ids: Iterable[int]) -> dict[int, int]:
    """How many published openings each study has, by its id; one without is left out."""
    rows = session.execute(
        select(Opening.study_id, func.count().label("number"))
        .where(Opening.study_id.in_(list(study_ids)), Opening.state == OpeningState.PUBLISHED)
        .group_by(Opening.study_id)
    )
    return {row.study_id: row.number for row in rows}


def has_studies(session: Session) -> bool:
    return session.scalar(select(Study.id).limit(1)) is not None


def study_with_parts(session: Session, study_id: int) -> Study | None:
    """The study with its identifiers, specialties and sites."""
    return session.scalar(
        select(Study)
        .where(Study.id == study_id)
        .options(selectinload(Study.identifiers), selectinload(Study.specialties), selectinload(Study.sites))
    )


def openings_on(session: Session, study: Study, today: date) -> list[OpeningLine]:
    """The openings on a study that are not withdrawn, with places left."""
    openings = session.scalars(
        select(Opening)
        .where(Opening.study_id == study.id, Opening.state != OpeningState.WITHDRAWN)
        .options(*all_of_an_opening())
        .order_by(Opening.id)
    ).all()
    return lines_of(session, openings, today)


def specialties(session: Session) -> Sequence[Specialty]:
    """The specialties of today, by name."""
    return session.scalars(
        select(Specialty)
        .where(Specialty.kind == SpecialtyKind.SPECIALTY, Specialty.valid_until.is_(None))
        .order_by(Specialty.name)
    ).all()


def networks(session: Session) -> Sequence[Network]:
    """The networks of today, by name."""
    return session.scalars(
        select(Network).where(Network.valid_until.is_(None), Network.successor_id.is_(None)).order_by(Network.name)
    ).all()


def absence_of_mentor(session: Session, mentor: Person, absence_id: int) -> MentorAbsence | None:
    """The absence, if it is the mentor's own."""
    return session.scalar(
        select(MentorAbsence).where(MentorAbsence.id == absence_id, MentorAbsence.mentor_id == mentor.id)
    )


def upload_of(session: Session, person: Person, upload_id: int) -> UploadedFile | None:
    """The uploaded file, if the person uploaded it."""
    return session.scalar(
        select(UploadedFile).where(UploadedFile.id == upload_id, UploadedFile.uploaded_by_id == person.id)
    )


def latest_upload(session: Session, person: Person) -> UploadedFile | None:
    """The file that waits for the person's import."""
    return session.scalar(
        select(UploadedFile).where(UploadedFile.uploaded_by_id == person.id, UploadedFile.imported_at.is_(None))
    )
