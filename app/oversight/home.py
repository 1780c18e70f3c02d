"""What a coordinator's home page says about the placements in her networks."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.numbers import count
from app.models.people import Person
from app.models.placements import Placement
from app.oversight.queries import ANY, is_overseen_by
from app.rules.course.courses import risks_by_placement
from app.rules.home_items import HomeItem, Standing, ToDo


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """Placements that cannot stay as they are, then how many run and how many of them are at risk."""
    if not person.network_ids():
        return []
    hers = is_overseen_by(person)
    running = session.scalar(select(func.count()).select_from(Placement).where(Placement.is_current_on(today), hers))
    if not running:
        return []
    risks = risks_by_placement(session, today, hers).values()
    rescued = sum(any(one.risk.needs_rescue for one in found) for found in risks)
    return [*to_rescue(rescued), standing_of(running, len(risks))]


def to_rescue(number: int) -> list[HomeItem]:
    if not number:
        return []
    return [
        ToDo(
            f"Say what comes next for {count(number, 'placement')}",
            "A mentor or learner leaves or asks for a change, or a study has stopped.",
            "oversight.rescue",
        )
    ]


def standing_of(running: int, at_risk: int) -> HomeItem:
    text = f"{count(running, 'placement runs or is to begin', 'placements run or are to begin')} in your networks"
    if at_risk:
        return Standing(text, f"{at_risk} of them at risk, each with the reason.", "oversight.index", {"risk": ANY})
    return Standing(text, "None is at risk today.", "oversight.index")
