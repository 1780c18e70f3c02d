"""Which claims somebody may see, decide and look for, and what a learner can name as a source."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from app.models.academic.prior_learning import (
    OPEN,
    TO_DECIDE,
    ClaimState,
    PriorLearningClaim,
    PriorSource,
)
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.people import Person, Role
from app.models.programmes import CreditDecision, Enrolment, PartModule, Programme, ProgrammeVersion, VersionPart
from app.rules.academic.reach import reaches_enrolment
from app.rules.credit.counting import counting
from app.rules.credit.held import held_of
from app.rules.prior_learning.facts import whole_claim
from app.rules.search import named
from app.web.paging import Page, page_of

READERS = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)
Found = tuple[PriorLearningClaim, Person]


def claims() -> Select[PriorLearningClaim, Person]:
    """Every claim with its learner, and with all that a page shows of it."""
    return (
        select(PriorLearningClaim, Person)
        .join(PriorLearningClaim.enrolment)
        .join(Person, Person.id == Enrolment.learner_id)
        .options(*whole_claim())
    )


def one(session: Session, statement: Select[PriorLearningClaim, Person], claim_id: int) -> Found | None:
    row = session.execute(statement.where(PriorLearningClaim.id == claim_id)).first()
    return (row[0], row[1]) if row else None


def claim_of_learner(session: Session, learner: Person, claim_id: int) -> Found | None:
    return one(session, claims().where(Enrolment.learner_id == learner.id), claim_id)


def claim_seen_by(session: Session, person: Person, claim_id: int) -> Found | None:
    """The claim, if it is hers; or one that was sent, if she reaches its learner at the university."""
    hers = claim_of_learner(session, person, claim_id)
    if hers is not None:
        return hers
    sent = PriorLearningClaim.sent_at.is_not(None)
    return one(session, claims().where(sent, reaches_enrolment(person, *READERS)), claim_id)


def claim_decided_by(session: Session, lead: Person, claim_id: int) -> Found | None:
    """A claim that was sent, if she leads programmes of its university."""
    sent = PriorLearningClaim.sent_at.is_not(None)
    return one(session, claims().where(sent, reaches_enrolment(lead, Role.PROGRAMME_LEAD)), claim_id)


def source_seen_by(session: Session, person: Person, source_id: int) -> PriorSource | None:
    """A source that stands, of a claim that she may see."""
    wanted = select(PriorSource).where(PriorSource.id == source_id, PriorSource.removed_at.is_(None))
    source = session.scalar(wanted.options(joinedload(PriorSource.file)))
    return source if source and claim_seen_by(session, person, source.claim_id) else None


def source_of_learner(session: Session, learner: Person, source_id: int) -> PriorSource | None:
    hers = select(PriorSource).join(PriorSource.claim).join(PriorLearningClaim.enrolment)
    return session.scalar(hers.where(PriorSource.id == source_id, Enrolment.learner_id == learner.id))


def enrolments_of(session: Session, learner: Person) -> Sequence[Enrolment]:
    """All of her enrolments, the newest first, with what is asked of them."""
    statement = select(Enrolment).where(Enrolment.learner_id == learner.id).options(*whole_enrolment())
    return session.scalars(statement.order_by(Enrolment.started_on.desc(), Enrolment.id.desc())).all()


def enrolment_of(session: Session, learner: Person, enrolment_id: int) -> Enrolment | None:
    hers = Enrolment.id == enrolment_id, Enrolment.learner_id == learner.id
    return session.scalar(select(Enrolment).where(*hers).options(*whole_enrolment()))


def whole_enrolment() -> tuple[Any, ...]:
    programme = joinedload(Enrolment.programme).options(joinedload(Programme.provider), selectinload(Programme.modules))
    parts = joinedload(Enrolment.version).selectinload(ProgrammeVersion.parts)
    lines = parts.joinedload(VersionPart.lines).joinedload(PartModule.module)
    return programme, lines, selectinload(Enrolment.decisions).joinedload(CreditDecision.module)


def claims_of(session: Session, learner: Person) -> Sequence[PriorLearningClaim]:
    """All of her claims, the newest first."""
    statement = claims().where(Enrolment.learner_id == learner.id).order_by(PriorLearningClaim.id.desc())
    return session.scalars(statement).all()


def open_claims_of(session: Session, enrolment: Enrolment) -> Sequence[PriorLearningClaim]:
    of_it = PriorLearningClaim.enrolment_id == enrolment.id, PriorLearningClaim.state.in_(OPEN)
    return session.scalars(select(PriorLearningClaim).where(*of_it).order_by(PriorLearningClaim.id)).all()


def claims_listed(session: Session, person: Person, q: str, state: ClaimState | None, page: int) -> Page:
    """Claims that were sent of learners whom she reaches: what waits for a decision first, the longest first."""
    statement = (
        select(PriorLearningClaim)
        .join(PriorLearningClaim.enrolment)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(
            PriorLearningClaim.sent_at.is_not(None), reaches_enrolment(person, *READERS), named(Person.folded_name, q)
        )
        .options(
            joinedload(PriorLearningClaim.enrolment).joinedload(Enrolment.programme).joinedload(Programme.provider),
            joinedload(PriorLearningClaim.module),
            selectinload(PriorLearningClaim.decisions),
        )
        .order_by(
            case((PriorLearningClaim.state.in_(TO_DECIDE), 0), else_=1),
            PriorLearningClaim.sent_at,
            PriorLearningClaim.id,
        )
    )
    if state is not None:
        statement = statement.where(PriorLearningClaim.state == state)
    return page_of(session, statement, page)


def names_of(session: Session, claims: Iterable[PriorLearningClaim]) -> dict[int, str]:
    """The names of those who claim, by their id."""
    ids = {one.enrolment.learner_id for one in claims}
    return dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())


def claims_to_decide(session: Session, lead: Person, at_most: int) -> Sequence[Found]:
    """Those that wait for somebody who leads programmes there, the longest first; her own are for others."""
    statement = claims().where(
        PriorLearningClaim.state.in_(TO_DECIDE),
        reaches_enrolment(lead, Role.PROGRAMME_LEAD),
        Enrolment.learner_id != lead.id,
    )
    rows = session.execute(statement.order_by(PriorLearningClaim.sent_at, PriorLearningClaim.id).limit(at_most))
    return [(claim, learner) for claim, learner in rows]


def number_of_claims(session: Session, enrolment: Enrolment) -> int:
    of_it = PriorLearningClaim.enrolment_id == enrolment.id
    return session.scalar(select(func.count()).select_from(PriorLearningClaim).where(of_it)) or 0


def credit_held_by(session: Session, learner: Person, but_not: int) -> list[CreditDecision]:
    """What universities here have decided that she earned and can still go along: not what counts in the enrolment
    itself, in a level that is complete, or by another claim.
    """
    statement = (
        select(Enrolment)
        .where(Enrolment.learner_id == learner.id, Enrolment.id != but_not)
        .options(*whole_enrolment())
        .order_by(Enrolment.id)
    )
    enrolments = session.scalars(statement).all()
    held = held_of(session, enrolments)
    return [
        decision
        for enrolment in enrolments
        if not held[enrolment.id].is_complete
        for decision in counting(enrolment.decisions).values()
        if decision.credits > held[enrolment.id].carried.get(decision.module_id, 0)
    ]


def records_held_by(session: Session, learner: Person) -> Sequence[RecordOfElsewhere]:
    """Signed records of other services that a university has taken for her."""
    taken = RecordOfElsewhere.taken_at.is_not(None), Enrolment.learner_id == learner.id
    statement = select(RecordOfElsewhere).join(RecordOfElsewhere.enrolment).where(*taken)
    return session.scalars(statement.options(undefer(RecordOfElsewhere.says)).order_by(RecordOfElsewhere.id)).all()
