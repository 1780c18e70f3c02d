"""What the home page says about needs: what is missing for whoever sees to it, and what waits to be checked."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.language.dates_and_times import day_in_words, day_of
from app.language.numbers import count
from app.models.course.readiness import Cover, Need, NeedState
from app.models.people import Person, Role
from app.models.placements import Placement
from app.phrasebook.readiness import NEEDS, names_of
from app.readiness.deadlines import NOTICE
from app.readiness.queries import is_mentored_by, to_check_by, with_placement
from app.rules.home_items import HomeItem, ToDo
from app.rules.readiness.missing import in_order, lapses_of
from app.rules.readiness.parts import OWNER, doer_of

LISTED_MAX = 3


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    if not person.roles & {Role.LEARNER, Role.MENTOR, Role.COORDINATOR}:
        return []
    found = [item for needs in own_lists(session, person, today) for item in items_of(needs, person, today)]
    return [*found, *to_check(session, person)]


def own_lists(session: Session, person: Person, today: date) -> list[list[Need]]:
    """The needs of each placement in which the person is learner or mentor, until its last day."""
    if not person.roles & {Role.LEARNER, Role.MENTOR}:
        return []
    statement = (
        select(Need)
        .join(Need.placement)
        .where(
            or_(Placement.learner_id == person.id, is_mentored_by(person)),
            Need.state == NeedState.NEEDED,
            Placement.is_current_on(today),
        )
        .options(
            joinedload(Need.placement).options(joinedload(Placement.learner), joinedload(Placement.mentor)),
            selectinload(Need.covers),
        )
        .order_by(Need.placement_id)
    )
    by_placement: dict[int, list[Need]] = {}
    for need in session.scalars(statement):
        by_placement.setdefault(need.placement_id, []).append(need)
    return [in_order(needs) for needs in by_placement.values()]


def items_of(needs: Sequence[Need], person: Person, today: date) -> list[HomeItem]:
    placement = needs[0].placement
    part = Role.LEARNER if placement.learner_id == person.id else Role.MENTOR
    day = max(today, placement.starts_on)
    lacking = [one for one in needs if not one.holds_on(day) and not one.waiting and doer_of(one) is part]
    found: list[HomeItem] = [missing_item(placement, lacking, part, today)] if lacking else []
    hers = [one for one in needs if OWNER[one.kind] is part and not one.waiting]
    for lapse in lapses_of(hers, day, placement.ends_on):
        if lapse.last_day <= today + NOTICE:
            name = NEEDS[lapse.kind].within
            found.append(
                ToDo(
                    f"Renew {name}",
                    f"{'The exception' if lapse.is_exception else 'It'} ends on {day_in_words(lapse.last_day)}. After "
                    "that, work in the study stops until it is in place.",
                    "readiness.show",
                    {"placement_id": placement.id},
                    due=lapse.last_day,
                )
            )
    return found


def missing_item(placement: Placement, lacking: Sequence[Need], part: Role, today: date) -> ToDo:
    starts, names = day_in_words(placement.starts_on), names_of([one.kind for one in lacking])
    whose = "your placement" if part is Role.LEARNER else f"the placement of {placement.learner.name}"
    due = min(one.due_on for one in lacking)
    if placement.starts_on > today:
        why = f"{names[:1].upper()}{names[1:]}: work in the study starts on {starts} once all is in place."
        text = f"Before {whose} starts: see to {count(len(lacking), 'thing')}"
    else:
        why = f"{names[:1].upper()}{names[1:]}. Until then only meetings and other learning count."
        text = f"Work in the study cannot go on in {whose}: see to {count(len(lacking), 'thing')}"
    return ToDo(text, why, "readiness.show", {"placement_id": placement.id}, due=due)


def to_check(session: Session, person: Person) -> list[HomeItem]:
    """Each entry that waits for her to look at it, or the list of them where they are many."""
    if not person.roles & {Role.MENTOR, Role.COORDINATOR}:
        return []
    waiting = to_check_by(person)
    rows = session.scalars(waiting.options(*with_placement()).limit(LISTED_MAX + 1)).all()
    if len(rows) > LISTED_MAX:
        number = session.scalar(select(func.count()).select_from(waiting.order_by(None).subquery())) or 0
        return [ToDo(f"Check {number} entries about what placements need", "Learners wait for it.", "readiness.checks")]
    return [item_to_check(one) for one in rows]


def item_to_check(cover: Cover) -> ToDo:
    placement, kind = cover.need.placement, cover.need.kind
    return ToDo(
        f"Check {NEEDS[kind].within} of {placement.learner.name}",
        f"Entered on {day_in_words(day_of(cover.entered_at))}; it counts once you have seen it.",
        "readiness.need",
        {"need_id": cover.need_id},
    )
