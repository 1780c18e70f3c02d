"""What the home page of a programme lead says about versions that are being written."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.people import Person, Role
from app.models.programmes import Programme, ProgrammeVersion
from app.rules.home_items import HomeItem, ToDo
from app.rules.programmes.years import year_in_words


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """One item for each version that waits to be published; an administrator is not asked."""
    if Role.PROGRAMME_LEAD not in person.roles:
        return []
    waiting = session.scalars(
        select(ProgrammeVersion)
        .join(ProgrammeVersion.programme)
        .where(
            Programme.provider_id.in_(person.provider_ids(Role.PROGRAMME_LEAD)),
            ProgrammeVersion.published_at.is_(None),
        )
        .options(joinedload(ProgrammeVersion.programme))
        .order_by(Programme.title, ProgrammeVersion.id)
    )
    return [
        ToDo(
            f"Publish the version {year_in_words(version.academic_year)} of {version.programme.title}",
            "Until then nobody reads it, and no learner begins it.",
            "programmes.version",
            {"version_id": version.id},
        )
        for version in waiting
    ]
