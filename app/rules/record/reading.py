"""Reads the whole record of a placement, in as many queries whether it has one line or thousands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.course.capabilities import CapabilityRating
from app.models.course.deputies import STOOD_IN, Deputy
from app.models.course.evidence import Evidence
from app.models.hours import COUNTING, HoursCategory, HoursState
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Module, Programme
from app.models.studies import Opening, Study
from app.models.supervision import SupervisionSession
from app.rules.agreements.kind import Agreed, agreed_of
from app.rules.course.capability_page import CapabilityLine, CapabilityPage, page_of_placement
from app.rules.hours.by_day import days_of_hours, weeks_without
from app.rules.hours.plan import DayOfHours, Plan, Week, plan_of, weeks_of
from app.rules.progress_reviews.kind import reviews_of
from app.rules.record.content import (
    ActionIn,
    CapabilityIn,
    CategoryIn,
    DeputyIn,
    EvidenceIn,
    LearnerIn,
    ModuleIn,
    PartIn,
    RatingIn,
    RecordContent,
    SessionIn,
    StudyIn,
    WeekIn,
)
from app.rules.record.signed import agreement_in, review_in
from app.rules.record_totals import Summary, part_ids_of, summaries_with_earlier, workplace_of


def record_of(session: Session, placement: Placement, today: date) -> RecordContent:
    """The record of a placement and of the parts that it continues, whole; `reach` says what of it somebody reads."""
    parts = parts_with_all(session, part_ids_of(session, placement))
    last, numbers = parts[-1], {one.id: number for number, one in enumerate(parts, start=1)}
    agreed, reviewed = agreed_of(session, parts), reviews_of(session, parts)
    summary = summaries_with_earlier(session, [last])[last.id]
    workplace = workplace_of(last, summary)
    plan, days = plan_of(session, last, workplace), days_of_hours(session, last)
    page = page_of_placement(session, last)
    return RecordContent(
        learner=learner_in(last.learner),
        module=module_in(last.module),
        parts=parts_in(parts, deputies_of(session, numbers), today),
        agreements=tuple(
            agreement_in(numbers[one.id], agreement, standing)
            for one in parts
            for agreement, standing in [agreed[one.id]]
            if agreement and standing
        ),
        categories=categories_in(summary, planned_by_category(agreed.values())),
        weeks=weeks_in(plan, days, weeks_of(plan, days, weeks_without(session, last), today)),
        minimum_minutes=(workplace.band_hours or (0, 0))[0] * 60,
        sessions=sessions_in(session, numbers),
        capabilities=tuple(capability_in(one) for one in [*page.lines, *page.retired]),
        evidence=evidence_in(page),
        reviews=tuple(
            review_in(numbers[one.id], review, reviewed[one.id].standings[kind])
            for one in parts
            for kind, review in reviewed[one.id].reviews.items()
        ),
    )


def parts_with_all(session: Session, ids: Collection[int]) -> list[Placement]:
    """The parts of a placement with all that the record says of them, the first one first."""
    study = joinedload(Opening.study).selectinload(Study.identifiers)
    rows = session.scalars(
        select(Placement)
        .where(Placement.id.in_(ids))
        .options(
            joinedload(Placement.learner).joinedload(Person.learner_profile),
            joinedload(Placement.mentor),
            joinedload(Placement.opening).options(study, joinedload(Opening.organisation)),
            joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
            selectinload(Placement.pauses),
        )
    )
    found = {one.id: one for one in rows}
    return [found[id_] for id_ in reversed(list(ids))]


def learner_in(learner: Person) -> LearnerIn:
    profile = learner.learner_profile
    return LearnerIn(learner.name, profile.profession.value if profile and profile.profession else "")


def module_in(module: Module) -> ModuleIn:
    programme = module.programme
    return ModuleIn(
        module.title,
        module.credits,
        module.hours,
        programme.title,
        programme.level.value,
        programme.provider.name,
        programme.level.workplace_band_hours,
    )


def parts_in(parts: Sequence[Placement], deputies: Sequence[Deputy], today: date) -> tuple[PartIn, ...]:
    return tuple(
        PartIn(
            number,
            one.id,
            study_in(one.opening.study),
            one.opening.organisation.name,
            one.opening.organisation.ods_code,
            one.mentor.name,
            tuple(
                DeputyIn(who.person.name, who.starts_on, min(who.ends_on, one.ends_on))
                for who in deputies
                if who.placement_id == one.id and who.starts_on <= min(today, one.ends_on)
            ),
            one.starts_on,
            one.ends_on,
            tuple((pause.starts_on, pause.resumes_on) for pause in one.pauses),
            one.standing_on(today),
        )
        for number, one in enumerate(parts, start=1)
    )


def study_in(study: Study) -> StudyIn:
    return StudyIn(study.title, tuple((one.scheme.value, one.value) for one in study.identifiers))


def deputies_of(session: Session, placement_ids: Iterable[int]) -> Sequence[Deputy]:
    """Whoever agreed to stand in, in one of these parts."""
    hers = Deputy.placement_id.in_(list(placement_ids)), Deputy.state.in_(STOOD_IN)
    statement = select(Deputy).where(*hers).options(joinedload(Deputy.person)).order_by(Deputy.starts_on, Deputy.id)
    return session.scalars(statement).all()


def planned_by_category(agreed: Iterable[Agreed]) -> dict[str, int] | None:
    """What the agreements that stand plan together; None where none does."""
    standing = [one for one, signatures in agreed if one and signatures and signatures.is_complete]
    if not standing:
        return None
    return {
        category.value: sum(one.minutes_by_category.get(category.value, 0) for one in standing)
        for category in HoursCategory
    }


def categories_in(summary: Summary, planned: Mapping[str, int] | None) -> tuple[CategoryIn, ...]:
    return tuple(
        CategoryIn(
            category.value,
            None if planned is None else planned[category.value],
            summary.minutes[category],
            summary.verified[category],
            summary.drafts[category],
        )
        for category in HoursCategory
    )


def weeks_in(plan: Plan, days: Sequence[DayOfHours], weeks: Sequence[Week]) -> tuple[WeekIn, ...]:
    """Each week, the oldest first; its plan is what is to be added in it."""
    found, planned_before = [], 0
    for week in weeks:
        here = [one for one in days if week.first_day <= one.day <= week.last_day]
        found.append(
            WeekIn(
                week.first_day,
                week.last_day,
                week.planned_minutes - planned_before if plan.is_there else 0,
                by_category(one for one in here if one.state in COUNTING),
                by_category(one for one in here if one.state is HoursState.VERIFIED),
                by_category(one for one in here if one.state not in COUNTING),
                week.says_none,
            )
        )
        planned_before = week.planned_minutes
    return tuple(found)


def by_category(days: Iterable[DayOfHours]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in days:
        found[one.category.value] = found.get(one.category.value, 0) + one.minutes
    return dict(sorted(found.items()))


def sessions_in(session: Session, numbers: Mapping[int, int]) -> tuple[SessionIn, ...]:
    """Those that stand, in order of time; a correction stands for what it replaced."""
    rows = session.scalars(
        select(SupervisionSession)
        .where(SupervisionSession.placement_id.in_(numbers), SupervisionSession.withdrawn_at.is_(None))
        .options(
            joinedload(SupervisionSession.placement).joinedload(Placement.mentor),
            joinedload(SupervisionSession.deputy),
            selectinload(SupervisionSession.actions),
        )
        .order_by(SupervisionSession.held_on, SupervisionSession.id)
    )
    return tuple(
        SessionIn(
            numbers[one.placement_id],
            one.held_on,
            one.minutes,
            one.form.value,
            one.held_by.name,
            one.state.value,
            one.group_id is not None,
            one.topics,
            tuple(ActionIn(agreed.what, agreed.owner.value, agreed.due_on, agreed.done_on) for agreed in one.actions),
        )
        for one in rows
    )


def capability_in(line: CapabilityLine) -> CapabilityIn:
    titles = tuple(piece.title for piece in line.evidence)
    return CapabilityIn(
        line.capability.name,
        line.capability.is_retired,
        rating_in(line.learner),
        rating_in(line.mentor),
        titles,
        len(titles),
    )


def rating_in(rating: CapabilityRating | None) -> RatingIn | None:
    return RatingIn(rating.level.value, rating.rated_by.name, rating.rated_at) if rating else None


def evidence_in(page: CapabilityPage) -> tuple[EvidenceIn, ...]:
    """In the order in which it was added."""
    return tuple(piece_in(one, one.id in page.counting) for one in reversed(page.evidence) if one.withdrawn_at is None)


def piece_in(piece: Evidence, counts: bool) -> EvidenceIn:
    return EvidenceIn(
        piece.title,
        piece.kind.value,
        piece.added_at,
        tuple(one.name for one in piece.wordings),
        counts,
        piece.file.digest if piece.file else "",
    )
