"""What people see of studies: the list with search and filters, one study with all its parts, what can be chosen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, load_only, selectinload

from app.models.organisations import Network, Specialty, SpecialtyKind
from app.models.studies import Opening, OpeningState, Study, study_specialties
from app.models.values.study_status import StudyStatus
from app.rules.search import named
from app.web.paging import Page, page_of

SORTS = {"title": "Title", "status": "Status", "openings": "Most openings"}


@dataclass(frozen=True)
class Filters:
    """What a list of studies is narrowed to, and its order."""

    typed: str = ""
    status: StudyStatus | None = None
    specialty_id: int | None = None
    sort: str = "title"

    def values(self) -> dict[str, str | int]:
        """As they stand in an address."""
        status = self.status.name if self.status else ""
        return {"q": self.typed, "status": status, "specialty": self.specialty_id or "", "sort": self.sort}


def studies(session: Session, filters: Filters, number: int) -> Page:
    """One page of the studies that have every typed word, the status and the specialty."""
    return page_of(session, chosen(filters), number)


def ids_of_studies(session: Session, filters: Filters) -> Sequence[int]:
    """The same, whole, as ids."""
    return session.scalars(chosen(filters).with_only_columns(Study.id)).all()


def studies_with_ids(session: Session, ids: Sequence[int]) -> list[Study]:
    """These studies in this order, with what a list says of them."""
    found = {study.id: study for study in session.scalars(listed().where(Study.id.in_(ids)))}
    return [found[id_] for id_ in ids if id_ in found]


def chosen(filters: Filters) -> Select[Any]:
    by_title = (Study.folded_name, Study.id)
    openings = (
        select(func.count())
        .where(Opening.study_id == Study.id, Opening.state == OpeningState.PUBLISHED)
        .correlate(Study)
        .scalar_subquery()
    )
    orders: dict[str, tuple[Any, ...]] = {
        "title": by_title,
        "status": (Study.status, *by_title),
        "openings": (openings.desc(), *by_title),
    }
    order = orders.get(filters.sort, by_title)
    statement = listed().where(named(Study.search_text, filters.typed)).order_by(*order)
    if filters.status:
        statement = statement.where(Study.status == filters.status)
    if filters.specialty_id:
        with_specialty = select(study_specialties.c.study_id).where(
            study_specialties.c.specialty_id == filters.specialty_id
        )
        statement = statement.where(Study.id.in_(with_specialty))
    return statement


def listed() -> Select[Any]:
    """Studies with what a list says of them."""
    return select(Study).options(
        load_only(Study.title, Study.short_title, Study.status),
        selectinload(Study.identifiers),
        selectinload(Study.specialties),
    )


def openings_by_study(session: Session, study_ids: Collection[int]) -> dict[int, int]:
    """How many published openings each of these studies has, by its id; one without is left out."""
    rows = session.execute(
        select(Opening.study_id, func.count().label("number"))
        .where(Opening.state == OpeningState.PUBLISHED, Opening.study_id.in_(study_ids))
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
