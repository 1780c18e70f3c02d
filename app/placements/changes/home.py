"""What home says to a learner whose placement cannot stay as it is, and to whoever has asked for a change."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.models.course.next_places import NextPlace
from app.models.people import Person, Role
from app.models.placements import Placement
from app.placements.changes.queries import waiting_next_places
from app.rules.course.courses import risks_by_placement
from app.rules.course.risks import Risk
from app.rules.home_items import HomeItem, Standing, ToDo

# What happened without the learner; what she asked for herself she knows.
TOLD = (
    (Risk.MENTOR_GONE, "Your mentor no longer takes part"),
    (Risk.STUDY_STOPPED, "Your study no longer takes learners"),
    (Risk.MENTOR_LEAVES, "Your mentor leaves"),
)


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """Places to answer first; then what the coordinators are looking into."""
    if Role.LEARNER not in person.roles:
        return []
    places = [one for one in waiting_next_places(session, person) if one.is_open_on(today)]
    answered = {one.placement_id for one in places}
    risks = risks_by_placement(session, today, Placement.learner_id == person.id)
    return [
        *map(item_to_answer, places),
        *(
            standing_of(placement_id, words, one.day)
            for placement_id, found in risks.items()
            if placement_id not in answered
            for one in found
            for risk, words in TOLD
            if one.risk is risk
        ),
    ]


def item_to_answer(place: NextPlace) -> ToDo:
    return ToDo(
        f"Answer by {day_in_words(place.answer_by)}: your placement can go on with {place.opening.mentor.name}",
        f"On “{place.opening.study.title}”, from {day_in_words(place.starts_on)}.",
        "placements.changes.next_place",
        {"next_place_id": place.id},
        due=place.answer_by,
    )


def standing_of(placement_id: int, words: str, day: date | None) -> Standing:
    when = f" on {day_in_words(day)}" if day else ""
    return Standing(
        f"{words}{when}",
        "Your coordinators have been told and say what comes next. Your record stays, and counts.",
        "placements.show",
        {"placement_id": placement_id},
    )
