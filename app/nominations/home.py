"""What the home page says about nominations: to the learner, to the supervisor, to coordinators."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, day_of
from app.models.pairs.nominations import Nomination, NominationState
from app.models.people import Person, Role
from app.nominations.queries import open_ones_of, to_verify_by, waiting_for
from app.rules.home_items import HomeItem, Standing, ToDo

LISTED_MAX = 5


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    found: list[HomeItem] = []
    if Role.LEARNER in person.roles:
        found += [to_learner(one) for one in open_ones_of(session, person)]
    if Role.MENTOR in person.roles:
        found += [to_mentor(one) for one in waiting_for(session, person)]
    if person.network_ids():
        found += to_coordinator(*to_verify_by(session, person, LISTED_MAX))
    return found


def to_learner(nomination: Nomination) -> HomeItem:
    at = {"nomination_id": nomination.id}
    if nomination.told_at:
        return ToDo(
            f"{nomination.name} has not answered",
            "Speak with the person, withdraw and name somebody else, or ask for a place in a round.",
            "nominations.show",
            at,
        )
    if nomination.state is NominationState.PROPOSED:
        asked = day_in_words(day_of(nomination.asked_at))
        return Standing(
            f"{nomination.name} has not answered yet",
            f"We wrote on {asked} and ask whether the person supervises you. You need not do anything.",
            "nominations.show",
            at,
        )
    return Standing(
        f"{nomination.name} has said yes",
        f"A coordinator of {nomination.network.name} checks it now. Nothing is certain before that.",
        "nominations.show",
        at,
    )


def to_mentor(nomination: Nomination) -> ToDo:
    return ToDo(
        f"Say whether you supervise {nomination.learner.name}",
        f"{nomination.learner.name} has named you, on “{nomination.study_name}”.",
        "nominations.answer_page",
        {"nomination_id": nomination.id},
    )


def to_coordinator(number: int, waiting: Sequence[Nomination]) -> list[HomeItem]:
    """Each that waits, or the list of them where they are many."""
    if number > LISTED_MAX:
        text = f"Check {number} supervisors whom learners have named"
        return [ToDo(text, "They have said yes.", "nominations.index", {"state": "confirmed"})]
    return [
        ToDo(
            f"Check {one.name} as supervisor of {one.learner.name}",
            f"{one.name} says yes to “{one.study_name}” at {one.organisation.name}. Six questions.",
            "nominations.check",
            {"nomination_id": one.id},
        )
        for one in waiting
    ]
