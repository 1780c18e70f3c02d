"""What the home page of whoever writes updates says of drafts."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, day_of
from app.models.people import Person, Role
from app.rules.home_items import HomeItem, ToDo
from app.updates.queries import drafts


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """Each draft, for everybody who may send it."""
    if Role.ADMINISTRATOR not in person.roles:
        return []
    return [
        ToDo(
            f"Send or discard the update “{one.subject}”",
            f"Written on {day_in_words(day_of(one.written_at))}. Nobody has got it yet.",
            "updates.show",
            {"update_id": one.id},
        )
        for one in drafts(session)
    ]
