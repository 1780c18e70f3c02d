"""Which live openings stand on what an import changes, and the one place where whoever waits on them is thought of."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.organisations import Organisation
from app.models.people import Person
from app.models.studies import Opening, OpeningState, Study
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.promises.consequences import take_back_broken


@dataclass(frozen=True)
class Touched:
    """What a batch of an import has changed, by id: parts that people read, not only when the record is from."""

    study_ids: tuple[int, ...] = ()
    organisation_ids: tuple[int, ...] = ()


def after_taking(session: Session, touched: Touched, occasion: Occasion) -> None:
    """Within the transaction that changed them: what follows for live openings, and for who waits on one of them.

    The trail says which openings an import has touched; an offer on a study that takes nobody any more is taken back.
    """
    openings = sorted(
        {
            *session.scalars(live().with_only_columns(Opening.id).where(Opening.study_id.in_(touched.study_ids))),
            *session.scalars(
                live().with_only_columns(Opening.id).where(Opening.organisation_id.in_(touched.organisation_ids))
            ),
        }
    )
    if openings:
        record(session, occasion.actor, "changed what openings rest on", now=occasion.now, openings=openings)
        take_back_broken(session, occasion, Opening.study_id.in_(touched.study_ids))


def live() -> Select[Any]:
    return select(Opening).where(Opening.state != OpeningState.WITHDRAWN)


def openings_on_studies(session: Session, study_ids: Collection[int]) -> dict[int, list[str]]:
    """The live openings of each study, in words: whose and where; one query."""
    if not study_ids:
        return {}
    rows = session.execute(
        live()
        .join(Opening.mentor)
        .join(Opening.organisation)
        .where(Opening.study_id.in_(study_ids))
        .with_only_columns(Opening.study_id, Person.name, Organisation.name)
        .order_by(Person.name, Opening.id)
    )
    return by_key((study_id, f"{mentor} at {organisation}") for study_id, mentor, organisation in rows)


def openings_at_organisations(session: Session, organisation_ids: Collection[int]) -> dict[int, list[str]]:
    """The live openings that each organisation hosts, in words: whose and on what; one query."""
    if not organisation_ids:
        return {}
    rows = session.execute(
        live()
        .join(Opening.mentor)
        .join(Opening.study)
        .where(Opening.organisation_id.in_(organisation_ids))
        .with_only_columns(Opening.organisation_id, Person.name, Study.short_title, Study.title)
        .order_by(Person.name, Opening.id)
    )
    return by_key((host_id, f"{mentor} on {short or title}") for host_id, mentor, short, title in rows)


def by_key(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, words in pairs:
        found.setdefault(key, []).append(words)
    return found
