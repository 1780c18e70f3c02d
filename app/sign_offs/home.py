"""What the home page says about sign-offs: one to ask for, to attest, to confirm, to put right, to decide or except."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.numbers import count
from app.models.course.sign_offs import SignOffState
from app.models.operations.parties import Party
from app.models.people import Person, Role
from app.models.placements import Placement
from app.phrasebook.of_placements.sign_offs import headline, waits_for
from app.rules.home_items import HomeItem, Standing, ToDo
from app.rules.sign_offs.parts import can_be_asked_on
from app.rules.sign_offs.standing import PlacementSignOff, sign_offs_of, standings_of
from app.sign_offs.queries import at_university, own_placements

LISTED_MAX = 5
SHOW = "sign_offs.show"


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    found: list[HomeItem] = []
    if person.roles & {Role.LEARNER, Role.MENTOR}:
        placements = own_placements(session, person, today)
        latest = sign_offs_of(session, placements)
        for placement in placements:
            is_learner = placement.learner_id == person.id
            if (Role.LEARNER if is_learner else Role.MENTOR) in person.roles:
                found += items_about(placement, latest.get(placement.id), today, is_learner=is_learner)
    if person.roles & {Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD}:
        found += items_of_university(session, person)
    return found


def items_about(
    placement: Placement, latest: PlacementSignOff | None, today: date, *, is_learner: bool
) -> Iterator[HomeItem]:
    """What waits for one of the two."""
    values: dict[str, object] = {"placement_id": placement.id}
    learner = "your placement" if is_learner else f"the placement of {placement.learner.name}"
    if latest is None or latest.ended:
        if is_learner and can_be_asked_on(placement, today):
            yield ToDo(f"Ask for the sign-off of {learner}", "It is near its end, or over.", SHOW, values)
        return
    sign_off = latest.sign_off
    if sign_off.state is SignOffState.RETURNED:
        yield ToDo(f"Put right what was returned in the sign-off of {learner}", headline(latest), SHOW, values)
    if sign_off.state is not SignOffState.OPEN:
        return
    if not is_learner and Party.MENTOR in latest.standing.missing:
        yield ToDo(f"Attest {learner}", "Say what you saw, and who confirms it.", SHOW, values)
    elif not is_learner and is_confirmed_by_mentor(latest):
        yield ToDo(f"Confirm {learner} from records", "The university says that you may.", SHOW, values)
    else:
        yield Standing(f"The sign-off of {learner} is under way", f"It waits for {waits_for(latest)}.", SHOW, values)


def is_confirmed_by_mentor(latest: PlacementSignOff) -> bool:
    sign_off = latest.sign_off
    is_hers = sign_off.confirmer_id == sign_off.placement.mentor_id
    is_excepted = sign_off.exception_for(sign_off.confirmer_id) is not None
    return is_hers and is_excepted and Party.STUDY_TEAM in latest.standing.missing


def items_of_university(session: Session, person: Person) -> list[HomeItem]:
    """What she can decide or except, a few by name."""
    waiting = at_university(person, only_waiting=True)
    rows = session.scalars(waiting.limit(LISTED_MAX + 1)).all()
    if len(rows) > LISTED_MAX:
        number = session.scalar(select(func.count()).select_from(waiting.order_by(None).subquery())) or 0
        return [
            ToDo(
                f"See to {count(number, 'sign-off')}",
                "Decide them, or say whether a mentor may confirm as well.",
                "sign_offs.every",
                {"waiting": "1"},
            )
        ]
    return [
        ToDo(
            f"See to the sign-off of {one.sign_off.placement.learner.name}",
            f"It waits for {waits_for(one)}.",
            SHOW,
            {"placement_id": one.sign_off.placement_id},
        )
        for one in standings_of(session, rows)
    ]
