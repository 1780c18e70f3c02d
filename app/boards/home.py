"""What the home page says about credit: a board to prepare or to record, and what a learner submits again."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.boards.queries import is_kept_by, is_read_by, numbers_of_lines
from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.models.academic.boards import Board, BoardState
from app.models.people import Person, Role
from app.models.programmes import CreditDecision, CreditOutcome, Enrolment, ModuleKind
from app.rules.credit.counting import counting
from app.rules.home_items import HomeItem, Standing, ToDo

PREPARED_BEFORE = timedelta(days=14)
LISTED_MAX = 10
SHOW = "boards.show"


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    found: list[HomeItem] = []
    if person.roles & {Role.PROGRAMME_LEAD, Role.ACADEMIC_SUPERVISOR}:
        found += items_of_boards(session, person, today)
    if Role.LEARNER in person.roles:
        found += items_of_learner(session, person)
    return found


def items_of_boards(session: Session, person: Person, today: date) -> Iterator[HomeItem]:
    near = Board.state == BoardState.PREPARING, Board.meets_on <= today + PREPARED_BEFORE
    boards = session.scalars(
        select(Board).where(is_read_by(person), *near).order_by(Board.meets_on, Board.id).limit(LISTED_MAX)
    ).all()
    kept = set(session.scalars(select(Board.id).where(is_kept_by(person), Board.id.in_([one.id for one in boards]))))
    numbers = numbers_of_lines(session, [one.id for one in boards])
    for one in boards:
        values, (lines, without) = {"board_id": one.id}, numbers.get(one.id, (0, 0))
        when = f"It meets on {day_in_words(one.meets_on)}."
        if one.id not in kept:
            yield Standing(f"You sit on {one.name}", f"{when} {count(lines, 'line')} on its list.", SHOW, values)
        elif one.meets_on <= today:
            why = f"It was to meet on {day_in_words(one.meets_on)}. Until then no learner hears anything."
            yield ToDo(f"Record what {one.name} decided", why, SHOW, values)
        else:
            why = f"{when} {without} of {count(lines, 'line')} without an outcome."
            yield ToDo(f"Prepare the list of {one.name}", why, SHOW, values, due=one.meets_on)


def items_of_learner(session: Session, learner: Person) -> Iterator[HomeItem]:
    """What counts about each module, where something comes next; two queries."""
    decisions = session.scalars(
        select(CreditDecision)
        .join(CreditDecision.enrolment)
        .where(Enrolment.learner_id == learner.id)
        .options(joinedload(CreditDecision.module))
    ).all()
    for one in counting(decisions).values():
        if one.until_on is None:
            continue
        day = day_in_words(one.until_on)
        if one.outcome is CreditOutcome.RESUBMISSION:
            where = "dissertations.mine" if one.module.kind is ModuleKind.DISSERTATION else "boards.mine"
            yield ToDo(f"Submit again for {one.module.title}", f"By {day}. {one.words}", where, due=one.until_on)
        elif one.outcome is CreditOutcome.DEFERRED:
            yield Standing(f"The decision about {one.module.title} waits", f"Until {day}.", "boards.mine")
