"""Whose way a lead keeps, how each stands today, and what a lead and a learner have to see of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.models.academic.enrolment_steps import EnrolmentStep
from app.models.academic.prior_awards import PriorAward, PriorAwardState
from app.models.academic.record_shares import RecordShare
from app.models.academic.way_asked import WayAsked, WayAskedState
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Cohort, CreditDecision, Enrolment, Module, Programme, Provider
from app.rules.enrolments.standing import Standing, is_overdue_on, stands_so_on
from app.rules.search import named

OVERDUE = "overdue"


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; all of it stands in the address. `standing` is a name, or "overdue"."""

    q: str = ""
    programme: int | None = None
    cohort: int | None = None
    standing: str = ""

    def values(self) -> dict[str, Any]:
        found = {"q": self.q, "programme": self.programme, "cohort": self.cohort, "standing": self.standing}
        return {name: value for name, value in found.items() if value}


def is_led_by(lead: Person) -> ColumnElement[bool]:
    """True of enrolments, those that have ended among them, at a university where the person leads programmes."""
    return Enrolment.programme_id.in_(
        select(Programme.id).where(Programme.provider_id.in_(lead.provider_ids(Role.PROGRAMME_LEAD)))
    )


def enrolments_listed(lead: Person, filters: Filters, today: date) -> Select[Enrolment, Person]:
    """Those that the filters let through, by the learner's name."""
    statement = (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(is_led_by(lead), named(Person.folded_name, filters.q))
        .order_by(Person.folded_name, Enrolment.id)
        .options(joinedload(Enrolment.programme), joinedload(Enrolment.in_cohort), joinedload(Enrolment.workplace))
    )
    if filters.programme is not None:
        statement = statement.where(Enrolment.programme_id == filters.programme)
    if filters.cohort is not None:
        statement = statement.where(Enrolment.cohort_id == filters.cohort)
    if filters.standing == OVERDUE:
        statement = statement.where(is_overdue_on(today))
    elif filters.standing in Standing.__members__:
        statement = statement.where(stands_so_on(Standing[filters.standing], today))
    return statement


def number_listed(session: Session, lead: Person, filters: Filters, today: date) -> int:
    listed = enrolments_listed(lead, filters, today).with_only_columns(Enrolment.id).order_by(None)
    return session.scalar(select(func.count()).select_from(listed.subquery())) or 0


def enrolment_led(session: Session, lead: Person, enrolment_id: int) -> tuple[Enrolment, Person] | None:
    """The enrolment and its learner, if the person leads programmes of that university."""
    row = session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(Enrolment.id == enrolment_id, is_led_by(lead))
        .options(*whole())
    ).first()
    return (row[0], row[1]) if row else None


def enrolments_of(session: Session, learner: Person) -> Sequence[Enrolment]:
    """All of a learner, the latest first."""
    hers = select(Enrolment).where(Enrolment.learner_id == learner.id).options(*whole())
    return session.scalars(hers.order_by(Enrolment.started_on.desc(), Enrolment.id.desc())).all()


def whole() -> tuple[Any, ...]:
    """What the page of an enrolment asks."""
    return (
        joinedload(Enrolment.programme).joinedload(Programme.provider),
        joinedload(Enrolment.version),
        joinedload(Enrolment.in_cohort).joinedload(Cohort.version),
        joinedload(Enrolment.workplace),
        selectinload(Enrolment.decisions).joinedload(CreditDecision.module),
    )


def cohorts_led(session: Session, lead: Person) -> Sequence[Cohort]:
    """Cohorts in which anybody is enrolled, to filter by."""
    ids = select(Enrolment.cohort_id).where(is_led_by(lead), Enrolment.cohort_id.is_not(None))
    statement = select(Cohort).where(Cohort.id.in_(ids)).order_by(Cohort.starts_on.desc(), Cohort.id)
    return session.scalars(statement).all()


def programmes_led(session: Session, lead: Person) -> Sequence[Programme]:
    hers = Programme.provider_id.in_(lead.provider_ids(Role.PROGRAMME_LEAD))
    return session.scalars(select(Programme).where(hers).order_by(Programme.title, Programme.id)).all()


def overdue_of(session: Session, lead: Person, today: date, at_most: int) -> Sequence[tuple[Enrolment, str, date]]:
    """Learners who were to return before today, each with the day, the earliest first."""
    step = aliased(EnrolmentStep)
    of_it = (step.enrolment_id == Enrolment.id, step.taken_back_at.is_(None))
    last_day = select(func.max(step.day)).where(*of_it).correlate(Enrolment).scalar_subquery()
    rows = session.execute(
        select(Enrolment, Person.name, EnrolmentStep.returns_on)
        .join(Person, Person.id == Enrolment.learner_id)
        .join(EnrolmentStep, EnrolmentStep.enrolment_id == Enrolment.id)
        .where(EnrolmentStep.taken_back_at.is_(None), EnrolmentStep.day == last_day)
        .where(is_led_by(lead), is_overdue_on(today))
        .order_by(EnrolmentStep.returns_on, Enrolment.id)
        .limit(at_most)
    )
    return [(enrolment, name, day) for enrolment, name, day in rows if day is not None]


def wishes_led(lead: Person) -> Select[WayAsked]:
    """What learners ask of a university where she leads programmes, the oldest first."""
    programmes = select(Programme.id).where(Programme.provider_id.in_(lead.provider_ids(Role.PROGRAMME_LEAD)))
    statement = select(WayAsked).where(WayAsked.programme_id.in_(programmes)).order_by(WayAsked.id)
    return statement.options(*whole_wish())


def whole_wish() -> tuple[Any, ...]:
    enrolment = joinedload(WayAsked.enrolment).joinedload(Enrolment.programme).joinedload(Programme.provider)
    return (
        joinedload(WayAsked.learner),
        joinedload(WayAsked.programme).joinedload(Programme.provider),
        joinedload(WayAsked.cohort),
        joinedload(WayAsked.answered_by),
        enrolment,
    )


def wish_led(session: Session, lead: Person, way_asked_id: int) -> WayAsked | None:
    return session.scalar(wishes_led(lead).where(WayAsked.id == way_asked_id))


def waiting_wishes(session: Session, lead: Person, at_most: int) -> Sequence[WayAsked]:
    return session.scalars(wishes_led(lead).where(WayAsked.state == WayAskedState.WAITING).limit(at_most)).all()


def wishes_of(session: Session, learner: Person) -> Sequence[WayAsked]:
    """What she has asked, the latest first."""
    hers = select(WayAsked).where(WayAsked.learner_id == learner.id).order_by(WayAsked.id.desc())
    return session.scalars(hers.options(*whole_wish())).all()


def own_wish(session: Session, learner: Person, way_asked_id: int) -> WayAsked | None:
    hers = (WayAsked.id == way_asked_id, WayAsked.learner_id == learner.id)
    return session.scalar(select(WayAsked).where(*hers).options(*whole_wish()))


def own_enrolment(session: Session, learner: Person, enrolment_id: int) -> Enrolment | None:
    hers = (Enrolment.id == enrolment_id, Enrolment.learner_id == learner.id)
    return session.scalar(select(Enrolment).where(*hers).options(*whole()))


def awards_led(lead: Person) -> Select[PriorAward]:
    """Awards from elsewhere that a university where she leads was asked to confirm, the oldest first."""
    asked = PriorAward.provider_id.in_(lead.provider_ids(Role.PROGRAMME_LEAD))
    return select(PriorAward).where(asked).order_by(PriorAward.id).options(*whole_award())


def whole_award() -> tuple[Any, ...]:
    return joinedload(PriorAward.learner), joinedload(PriorAward.provider), joinedload(PriorAward.answered_by)


def award_led(session: Session, lead: Person, award_id: int) -> PriorAward | None:
    return session.scalar(awards_led(lead).where(PriorAward.id == award_id))


def waiting_awards(session: Session, lead: Person, at_most: int) -> Sequence[PriorAward]:
    return session.scalars(awards_led(lead).where(PriorAward.state == PriorAwardState.WAITING).limit(at_most)).all()


def awards_of(session: Session, learner: Person, provider_id: int | None = None) -> Sequence[PriorAward]:
    """What she has named, of which nothing was taken back; or of it what one university was asked about."""
    hers = select(PriorAward).where(PriorAward.learner_id == learner.id, PriorAward.state != PriorAwardState.WITHDRAWN)
    if provider_id is not None:
        hers = hers.where(PriorAward.provider_id == provider_id)
    return session.scalars(hers.order_by(PriorAward.id).options(*whole_award())).all()


def own_award(session: Session, learner: Person, award_id: int) -> PriorAward | None:
    hers = (PriorAward.id == award_id, PriorAward.learner_id == learner.id)
    return session.scalar(select(PriorAward).where(*hers).options(*whole_award()))


def providers(session: Session) -> Sequence[Provider]:
    return session.scalars(select(Provider).order_by(Provider.name)).all()


def provider_with(session: Session, provider_id: int) -> Provider | None:
    return session.get(Provider, provider_id)


@dataclass(frozen=True)
class Sharing:
    """A university that could read the records of a learner's placements elsewhere, and whether it may."""

    provider: Provider
    is_shared: bool


def sharings_of(session: Session, learner: Person) -> list[Sharing]:
    """Those where she is or was enrolled and has had a placement at another one, and those that may read now."""
    shares = select(RecordShare.provider_id).where(RecordShare.learner_id == learner.id, RecordShare.ended_at.is_(None))
    shared = frozenset(session.scalars(shares))
    placed = frozenset(
        session.scalars(
            select(Programme.provider_id)
            .join(Module, Module.programme_id == Programme.id)
            .join(Placement, Placement.module_id == Module.id)
            .where(Placement.learner_id == learner.id)
        )
    )
    enrolled = select(Programme.provider_id).join(Enrolment, Enrolment.programme_id == Programme.id)
    rows = session.scalars(
        select(Provider)
        .where(or_(Provider.id.in_(enrolled.where(Enrolment.learner_id == learner.id)), Provider.id.in_(shared)))
        .order_by(Provider.name)
    )
    return [Sharing(one, one.id in shared) for one in rows if one.id in shared or placed - {one.id}]
