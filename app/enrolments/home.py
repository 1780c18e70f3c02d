"""What home says about ways: to a lead who asks, who was to return and what waits; to a learner where she stands."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.enrolments import queries
from app.language.dates_and_times import day_in_words, day_of
from app.models.academic.enrolment_steps import EnrolmentStep, StepKind
from app.models.people import Person, Role
from app.rules.enrolments.standing import Standing as Stands
from app.rules.enrolments.standing import steps_of, way_of
from app.rules.home_items import HomeItem, Standing, ToDo

LISTED_MAX = 20


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    found: list[HomeItem] = []
    if Role.PROGRAMME_LEAD in person.roles:
        found += items_of_lead(session, person, today)
    if Role.LEARNER in person.roles:
        found += items_of_learner(session, person, today)
    return found


def items_of_lead(session: Session, lead: Person, today: date) -> list[HomeItem]:
    wishes: list[HomeItem] = [
        ToDo(
            f"Answer {wish.learner.name}, who asks: {wish.kind.value}",
            f"About {wish.programme.title}. Waiting since {day_in_words(day_of(wish.asked_at))}.",
            "enrolments.asked.show",
            {"way_asked_id": wish.id},
        )
        for wish in queries.waiting_wishes(session, lead, LISTED_MAX)
    ]
    awards = [
        ToDo(
            f"Confirm a {award.level.value} from elsewhere for {award.learner.name}",
            f"Awarded by {award.awarded_by}. Waiting since {day_in_words(day_of(award.recorded_at))}.",
            "enrolments.brought.award",
            {"award_id": award.id},
        )
        for award in queries.waiting_awards(session, lead, LISTED_MAX)
    ]
    overdue = [
        ToDo(
            f"Ask {name} about the return, expected on {day_in_words(day)}",
            "Note the return, or until when the learner stays away.",
            "enrolments.show",
            {"enrolment_id": enrolment.id},
            due=day,
            lasting=f"The return of {name}",
        )
        for enrolment, name, day in queries.overdue_of(session, lead, today, LISTED_MAX)
    ]
    return [*wishes, *awards, *overdue]


def items_of_learner(session: Session, learner: Person, today: date) -> list[HomeItem]:
    """Only what is out of the ordinary: that she has stepped out, and when she is expected back."""
    enrolments = queries.enrolments_of(session, learner)
    steps = steps_of(session, [one.id for one in enrolments])
    found: list[HomeItem] = []
    for one in enrolments:
        way = way_of(one, steps[one.id])
        if way.on(today) is not Stands.STEPPED_OUT:
            continue
        back = back_in_words([step for step in steps[one.id] if step.taken_back_at is None], today)
        found.append(Standing(f"You have stepped out of {one.programme.title}", back, "enrolments.own.show"))
    return found


def back_in_words(counting: Sequence[EnrolmentStep], today: date) -> str:
    """When somebody who is away is back: as it is noted already, else as she meant when she stepped out last."""
    last = counting[-1]
    if last.day > today and last.kind is StepKind.RETURNED:
        return f"You are back on {day_in_words(last.day)}."
    return f"You are expected back on {day_in_words(last.returns_on)}." if last.returns_on else ""
