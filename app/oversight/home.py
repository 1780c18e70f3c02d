"""What a coordinator's home page says about the placements in her networks."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.numbers import count
from app.models.people import Person
from app.models.placements import Placement
from app.oversight.queries import ANY
from app.oversight.rescue_queries import broken_places, why_broken
from app.rules.coordinators import is_overseen_by
from app.rules.course.risk_conditions import kinds_by_placement
from app.rules.course.risks import RESCUE, Risk
from app.rules.home_items import HomeItem, Standing, ToDo


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """Placements that cannot stay as they are, then how many run and how many of them are at risk."""
    if not person.network_ids():
        return []
    hers = is_overseen_by(person)
    running = session.scalar(select(func.count()).select_from(Placement).where(Placement.is_current_on(today), hers))
    if not running:
        return []
    kinds = kinds_by_placement(session, today, hers, among=(*RESCUE, Risk.NOT_READY), or_any=True)
    rescued = sorted(id_ for id_, found in kinds.items() if any(kind.needs_rescue for kind in found))
    waiting = sum(Risk.NOT_READY in found for found in kinds.values())
    return [
        *of_broken_places(session, person, rescued),
        *to_rescue(len(rescued)),
        *to_make_ready(waiting),
        standing_of(running, len(kinds)),
    ]


def of_broken_places(session: Session, person: Person, rescued: Sequence[int]) -> list[HomeItem]:
    """Each place that was kept for one of these placements to go on, and is gone."""
    broken = broken_places(session, rescued) if rescued else {}
    names = learners_of(session, list(broken)) if broken else {}
    return [
        ToDo(
            f"Find another place for {names[id_]}: the one with {place.opening.mentor.name} is gone",
            why_broken(place, person) or "It was taken back.",
            "oversight.show",
            {"placement_id": id_},
        )
        for id_, place in broken.items()
    ]


def learners_of(session: Session, placement_ids: Sequence[int]) -> dict[int, str]:
    """The learners' names by placement."""
    statement = select(Placement.id, Person.name).join(Placement.learner).where(Placement.id.in_(placement_ids))
    return {row.id: row.name for row in session.execute(statement)}


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


def to_make_ready(number: int) -> list[HomeItem]:
    if not number:
        return []
    return [
        ToDo(
            f"See what {count(number, 'placement lacks', 'placements lack')} before work in the study can start",
            "An access paper, a release, training or the delegation log is missing.",
            "oversight.index",
            {"risk": Risk.NOT_READY.name},
        )
    ]


def standing_of(running: int, at_risk: int) -> HomeItem:
    text = f"{count(running, 'placement runs or is to begin', 'placements run or are to begin')} in your networks"
    if at_risk:
        return Standing(text, f"{at_risk} of them at risk, each with the reason.", "oversight.index", {"risk": ANY})
    return Standing(text, "None is at risk today.", "oversight.index")
