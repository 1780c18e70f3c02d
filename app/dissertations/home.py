"""What the home page says about dissertations: a proposal to answer, and milestones that are near or late."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.dissertations import queries
from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.models.academic.dissertations import Dissertation, DissertationState, MilestoneKind
from app.models.people import Person, Role
from app.rules.home_items import HomeItem, Standing, ToDo

NEAR = timedelta(days=21)
LISTED_MAX = 5
SHOW = "dissertations.show"
WHAT_TO_DO = {
    MilestoneKind.PROPOSAL: "Have your proposal agreed",
    MilestoneKind.APPROVALS: "Settle the approvals of your dissertation",
    MilestoneKind.RESEARCH: "Finish the research of your dissertation",
    MilestoneKind.FULL_DRAFT: "Give your supervisor a full draft of your dissertation",
    MilestoneKind.SUBMISSION: "Submit your dissertation",
}


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    found: list[HomeItem] = []
    if Role.LEARNER in person.roles:
        found += items_of_learner(session, person, today)
    if Role.ACADEMIC_SUPERVISOR in person.roles:
        found += [
            ToDo(
                f"Answer the proposal of {learner.name}",
                f"A dissertation: {one.title}.",
                SHOW,
                {"dissertation_id": one.id},
            )
            for one, learner in queries.waiting_for_answer(session, person, today, LISTED_MAX)
        ]
    if person.roles & set(queries.OF_UNIVERSITY):
        found += items_of_university(session, person, today)
    return found


def items_of_learner(session: Session, learner: Person, today: date) -> Iterator[HomeItem]:
    for one in queries.own_under_way(session, learner, today):
        yield from items_about(one, today)
    for enrolment, _ in queries.can_begin(session, learner, today):
        yield ToDo("Begin your dissertation", f"It belongs to {enrolment.programme.title}.", "dissertations.mine")


def items_about(one: Dissertation, today: date) -> Iterator[HomeItem]:
    """What comes next, once it is near; or that somebody else has to answer."""
    values: dict[str, object] = {"dissertation_id": one.id}
    if one.state is DissertationState.SUBMITTED:
        return
    if one.state is DissertationState.RETURNED:
        yield ToDo("Change your proposal, and send it again", "Your academic supervisor returned it.", SHOW, values)
        return
    if one.state is DissertationState.PROPOSED:
        yield Standing("Your proposal waits for your academic supervisor", one.title, SHOW, values)
        return
    ahead = [milestone for milestone in one.milestones if milestone.done_on is None]
    for milestone in ahead[:1]:
        if milestone.due_on <= today + NEAR:
            late = "It was due by" if milestone.is_overdue_on(today) else "By"
            why = f"{late} {day_in_words(milestone.due_on)}."
            yield ToDo(WHAT_TO_DO[milestone.kind], why, SHOW, values, due=milestone.due_on)


def items_of_university(session: Session, person: Person, today: date) -> Iterator[HomeItem]:
    late = queries.reached(person, today, only_late=True).order_by(None).with_only_columns(Dissertation.id).subquery()
    number = session.scalar(select(func.count()).select_from(late)) or 0
    if number:
        yield ToDo(
            f"See why {count(number, 'dissertation is', 'dissertations are')} late",
            "A milestone is overdue.",
            "dissertations.index",
            {"late": "1"},
            lasting="See why dissertations are late",
        )
