"""What the home pages of learners and mentors say about sessions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session, aliased, joinedload

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.supervision import SessionState, SupervisionSession
from app.platform.lifecycle import Party
from app.rules.home_items import HomeItem, Shortcut, Standing, ToDo
from app.rules.record_totals import Summary, days_without_session, needs_session, summaries
from app.supervision.moves import party_of
from app.supervision.planning.queries import next_plans
from app.supervision.queries import (
    ids_between,
    placement_with_people,
    placements_of_mentor,
    with_who_met,
)

MEET = frozenset({Role.LEARNER, Role.MENTOR})


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """Sessions to confirm, sessions that the other questions, and learners whom a mentor has not met for long."""
    return [
        *(items_to_answer(session, person, today) if person.roles & MEET else ()),
        *(items_for_mentor(session, person, today) if Role.MENTOR in person.roles else ()),
    ]


def items_to_answer(session: Session, person: Person, today: date) -> list[HomeItem]:
    """What waits for a person's yes, and then what the other says is not right about what she wrote down.

    What has waited longest for her yes is a button as well.
    """
    waiting = open_sessions(session, person, today)
    to_confirm = [
        one for one in waiting if party_of(one, person) is Party.ANSWERER and one.state is SessionState.TO_CONFIRM
    ]
    questioned = [
        one for one in waiting if party_of(one, person) is Party.AUTHOR and one.state is SessionState.DISPUTED
    ]
    oldest = [Shortcut("Confirm a session", "supervision.show", {"session_id": one.id}) for one in to_confirm[:1]]
    return [*oldest, *map(item_to_confirm, to_confirm), *map(item_to_correct, questioned)]


def item_to_confirm(meeting: SupervisionSession) -> ToDo:
    return ToDo(
        f"Confirm the session of {day_in_words(meeting.held_on)}",
        f"{hours_and_minutes(meeting.minutes)} with {meeting.author.name}. "
        f"Waiting since {day_in_words(meeting.logged_at)}.",
        "supervision.show",
        {"session_id": meeting.id},
    )


def item_to_correct(meeting: SupervisionSession) -> ToDo:
    return ToDo(
        f"Answer {meeting.answerer.name} about the session of {day_in_words(meeting.held_on)}",
        f"“{meeting.dispute}” Correct the session or withdraw it.",
        "supervision.show",
        {"session_id": meeting.id},
    )


def items_for_mentor(session: Session, mentor: Person, today: date) -> list[HomeItem]:
    """Whom to meet; a learner with whom she has planned the next session is no longer to be asked about."""
    placements = [p for p in placements_of_mentor(session, mentor) if p.is_current_on(today)]
    sums = summaries(session, [placement.id for placement in placements]) if placements else {}
    planned = next_plans(session, mentor, today) if placements else {}
    found: list[HomeItem] = to_log([one for one in placements if one.has_begun_on(today)])
    for placement in placements:
        if needs_session(placement, sums[placement.id], today) and placement.id not in planned:
            found.append(item_to_meet(placement, sums[placement.id], today))
        elif placement.has_begun_on(today):
            found.append(standing_of(placement, sums[placement.id]))
    return found


def to_log(begun: Sequence[Placement]) -> list[HomeItem]:
    """The button to log a session: with her learner, or where there are several by way of their list."""
    if len(begun) > 1:
        return [Shortcut("Log a session", "supervision.learners")]
    return [Shortcut("Log a session", "supervision.new", {"placement_id": one.id}) for one in begun]


def item_to_meet(placement: Placement, summary: Summary, today: date) -> ToDo:
    weeks = days_without_session(placement, summary, today).days // 7
    last = summary.last_session_on
    why = f"You last met on {day_in_words(last)}." if last else f"The placement began {weeks} weeks ago."
    return ToDo(
        f"Meet {placement.learner.name}: no session for {weeks} weeks",
        f"{why} If you have met, log the session.",
        "supervision.new",
        {"placement_id": placement.id},
        lasting="no session for weeks",
    )


def standing_of(placement: Placement, summary: Summary) -> Standing:
    last = summary.last_session_on
    return Standing(
        f"Log a session with {placement.learner.name}",
        f"You last met on {day_in_words(last)}." if last else "You have not met yet.",
        "supervision.new",
        {"placement_id": placement.id},
    )


def open_sessions(session: Session, person: Person, today: date) -> Sequence[SupervisionSession]:
    """Sessions of a learner, mentor or deputy neither confirmed nor withdrawn, the oldest first.

    What a deputy wrote down stays hers to answer for after her time.
    """
    its = aliased(SupervisionSession)
    is_open = (its.confirmed_at.is_(None), its.withdrawn_at.is_(None))
    between = select(its.id).where(its.placement_id.in_(ids_between(person, today)))
    as_deputy = select(its.id).where(its.deputy_id == person.id, its.logged_by_id == person.id)
    return session.scalars(
        select(SupervisionSession)
        .join(SupervisionSession.placement)
        .where(SupervisionSession.id.in_(union_all(between.where(*is_open), as_deputy.where(*is_open))))
        .options(*with_who_met(), joinedload(SupervisionSession.placement).options(*placement_with_people()))
        .order_by(SupervisionSession.held_on, SupervisionSession.id)
    ).all()
