"""What a learner's home page says about logging hours."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.models.hours import HoursCategory, HoursEntry, HoursSubmission
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Module
from app.rules.home_items import HomeItem, Shortcut, Standing, ToDo
from app.rules.record_totals import summaries_with_earlier, workplace_of

LOG_EVERY = timedelta(days=14)


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """For each running placement: to log hours, to do where two weeks have none; and how the workplace hours stand."""
    if Role.LEARNER not in person.roles:
        return []
    placements = running_placements(session, person, today)
    latest, said = latest_days(session, placements), latest_weeks_without(session, placements)
    silent_since = {
        one.id: max(latest.get(one.id, one.starts_on), said.get(one.id, one.starts_on)) for one in placements
    }
    sums = summaries_with_earlier(session, placements) if placements else {}
    found: list[HomeItem] = []
    for placement in placements:
        of_which = f" with {placement.mentor.name}" if len(placements) > 1 else ""
        found.append(Shortcut(f"Log hours{of_which}", "hours.new", {"placement_id": placement.id}))
        workplace = workplace_of(placement, sums[placement.id])
        position = f", {workplace.position}" if workplace.position else ""
        drafts = sums[placement.id].drafts[HoursCategory.WORKPLACE]
        more = f" {hours_and_minutes(drafts)} more in drafts or returned." if drafts else ""
        found.append(
            Standing(
                f"{hours_and_minutes(workplace.minutes)} in the workplace",
                f"With {placement.mentor.name}{position}.{more}",
                "placements.show",
                {"placement_id": placement.id},
            )
        )
        if not placement.pause_on(today) and today - silent_since[placement.id] > LOG_EVERY:
            found.append(item_to_log(placement, latest.get(placement.id)))
    return found


def item_to_log(placement: Placement, last: date | None) -> ToDo:
    since = f"The last entry is of {day_in_words(last)}." if last else "There is no entry yet."
    return ToDo("Log your hours", f"{since} It takes two minutes.", "hours.new", {"placement_id": placement.id})


def running_placements(session: Session, learner: Person, today: date) -> list[Placement]:
    return list(
        session.scalars(
            select(Placement)
            .where(Placement.learner_id == learner.id, Placement.is_current_on(today), Placement.starts_on <= today)
            .options(
                joinedload(Placement.mentor),
                joinedload(Placement.module).joinedload(Module.programme),
                selectinload(Placement.pauses),
            )
            .order_by(Placement.id)
        )
    )


def latest_days(session: Session, placements: list[Placement]) -> dict[int, date]:
    """The day of the latest entry by placement."""
    rows = session.execute(
        select(HoursEntry.placement_id, func.max(HoursEntry.worked_on))
        .where(HoursEntry.placement_id.in_([p.id for p in placements]), HoursEntry.withdrawn_at.is_(None))
        .group_by(HoursEntry.placement_id)
    )
    return {row[0]: row[1] for row in rows}


def latest_weeks_without(session: Session, placements: list[Placement]) -> dict[int, date]:
    """The last day of the latest week of which its learner has said that it had no hours, by placement."""
    rows = session.execute(
        select(HoursSubmission.placement_id, func.max(HoursSubmission.last_day))
        .where(HoursSubmission.placement_id.in_([p.id for p in placements]), HoursSubmission.says_none)
        .group_by(HoursSubmission.placement_id)
    )
    return {row[0]: row[1] for row in rows}
