"""Which calls everybody reads, which somebody runs, and the applications to them."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from app.bursaries.moves import CANCELLED
from app.models.bursaries.applications import TAKING, ApplicationState, BursaryApplication
from app.models.bursaries.calls import BursaryCall, CallState
from app.models.people import Person, Role, RoleGrant
from app.models.programmes import Programme, Provider
from app.platform.lifecycle import story_of
from app.rules.academic.supervisors import leads_at
from app.rules.standing_still import lock_people
from app.web.paging import Page, page_of

# Whoever has sent one has something to win by how the call is run.
OF_NO_WEIGHT = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)


def whole_calls() -> Select[BursaryCall]:
    statement: Select[BursaryCall] = select(BursaryCall)
    return statement.options(joinedload(BursaryCall.provider), selectinload(BursaryCall.criteria))


def calls_shown(session: Session, page: int) -> Page:
    """The calls that were published, what closes last first."""
    shown = whole_calls().where(BursaryCall.published_at.is_not(None))
    return page_of(session, shown.order_by(BursaryCall.closes_at.desc(), BursaryCall.id.desc()), page)


def call_shown(session: Session, call_id: int, *, to_change: bool = False) -> BursaryCall | None:
    """A call that was published; `to_change` lets others wait, and reads it afresh."""
    return one_call(session, (BursaryCall.id == call_id, BursaryCall.published_at.is_not(None)), to_change)


def is_run_by(person: Person) -> ColumnElement[bool]:
    """The condition that somebody runs a call: a lead those of her university, administrators any.

    Nobody runs a call to which she has applied herself.
    """
    is_in_reach = (
        true()
        if Role.ADMINISTRATOR in person.roles
        else BursaryCall.provider_id.in_(person.provider_ids(Role.PROGRAMME_LEAD))
    )
    has_applied = select(BursaryApplication.call_id).where(
        BursaryApplication.learner_id == person.id, BursaryApplication.state.not_in(OF_NO_WEIGHT)
    )
    return and_(is_in_reach, BursaryCall.id.not_in(has_applied))


def calls_run(session: Session, person: Person, page: int) -> Page:
    """Those that somebody runs, the newest first."""
    return page_of(session, whole_calls().where(is_run_by(person)).order_by(BursaryCall.id.desc()), page)


def call_run(session: Session, person: Person, call_id: int, *, to_change: bool = False) -> BursaryCall | None:
    return one_call(session, (BursaryCall.id == call_id, is_run_by(person)), to_change)


def one_call(session: Session, wanted: Collection[ColumnElement[bool]], to_change: bool) -> BursaryCall | None:
    if to_change and session.scalar(select(BursaryCall.id).where(*wanted).with_for_update()) is None:
        return None
    return session.scalar(whole_calls().where(*wanted).execution_options(populate_existing=to_change))


def providers_of_runner(session: Session, person: Person) -> Sequence[Provider]:
    """The universities for which somebody can write a call."""
    statement = select(Provider).order_by(Provider.name)
    if Role.ADMINISTRATOR not in person.roles:
        statement = statement.where(Provider.id.in_(person.provider_ids(Role.PROGRAMME_LEAD)))
    return session.scalars(statement).all()


def runners_of(session: Session, call: BursaryCall) -> Sequence[Person]:
    """Who hears what becomes of a call: the leads of its university, or the administrators; nobody who has applied."""
    applied = select(BursaryApplication.learner_id).where(
        BursaryApplication.call_id == call.id, BursaryApplication.state.not_in(OF_NO_WEIGHT)
    )
    applicants = set(session.scalars(applied))
    leads = leads_at(session, call.provider_id) if call.provider_id is not None else ()
    if free := [lead for lead in leads if lead.id not in applicants]:
        return free
    holds = Person.grants.any((RoleGrant.role == Role.ADMINISTRATOR) & RoleGrant.ended_at.is_(None))
    administrators = session.scalars(select(Person).where(Person.is_active, holds).order_by(Person.id))
    return [one for one in administrators if one.id not in applicants]


def whole_applications() -> Select[BursaryApplication]:
    statement: Select[BursaryApplication] = select(BursaryApplication)
    return statement.options(
        joinedload(BursaryApplication.call).joinedload(BursaryCall.provider),
        joinedload(BursaryApplication.learner).selectinload(Person.grants),
        joinedload(BursaryApplication.programme).joinedload(Programme.provider),
    )


def one_application(
    session: Session, wanted: Collection[ColumnElement[bool]], to_change: bool
) -> BursaryApplication | None:
    """To change it, its call is locked before anything is read: whatever counts bursaries waits for each other."""
    if to_change:
        call_ids = select(BursaryApplication.call_id).where(*wanted)
        if session.scalar(select(BursaryCall.id).where(BursaryCall.id.in_(call_ids)).with_for_update()) is None:
            return None
    return session.scalar(whole_applications().where(*wanted).execution_options(populate_existing=to_change))


def own_application(
    session: Session, learner: Person, application_id: int, *, to_change: bool = False
) -> BursaryApplication | None:
    """To change it, she is locked first: of two calls for a level she takes one bursary, also at the same moment."""
    if to_change:
        lock_people(session, [learner.id])
    hers = BursaryApplication.id == application_id, BursaryApplication.learner_id == learner.id
    return one_application(session, hers, to_change)


def own_application_to(session: Session, learner: Person, call: BursaryCall) -> BursaryApplication | None:
    hers = BursaryApplication.call_id == call.id, BursaryApplication.learner_id == learner.id
    return one_application(session, hers, to_change=False)


def own_applications(session: Session, learner: Person) -> Sequence[BursaryApplication]:
    """All of hers, the newest first."""
    hers = whole_applications().where(BursaryApplication.learner_id == learner.id)
    return session.scalars(hers.order_by(BursaryApplication.id.desc())).all()


def application_run(
    session: Session, call: BursaryCall, application_id: int, *, to_change: bool = False
) -> BursaryApplication | None:
    """One that was sent to a call that somebody runs; what is only written is nobody's but the learner's."""
    of_call = BursaryApplication.id == application_id, BursaryApplication.call_id == call.id
    return one_application(session, (*of_call, BursaryApplication.sent_at.is_not(None)), to_change)


def applications_listed(session: Session, call: BursaryCall, state: ApplicationState | None, page: int) -> Page:
    """Those that were sent, as they come in the order that was decided, or by reference before."""
    statement = whole_applications().where(
        BursaryApplication.call_id == call.id, BursaryApplication.sent_at.is_not(None)
    )
    if state is not None:
        statement = statement.where(BursaryApplication.state == state)
    unplaced = BursaryApplication.position.is_(None)
    return page_of(
        session, statement.order_by(unplaced, BursaryApplication.position, BursaryApplication.reference), page
    )


def applications_in(session: Session, call: BursaryCall, *states: ApplicationState) -> Sequence[BursaryApplication]:
    """All that stand so, in the order that was decided."""
    of_call = BursaryApplication.call_id == call.id, BursaryApplication.state.in_(states)
    ordered = whole_applications().where(*of_call).order_by(BursaryApplication.position, BursaryApplication.id)
    return session.scalars(ordered.execution_options(populate_existing=True)).all()


def numbers_by_call(session: Session, call_ids: Collection[int]) -> dict[int, dict[ApplicationState, int]]:
    """How many applications stand in each state, by the id of the call; those that are only written are left out."""
    sent = BursaryApplication.call_id.in_(call_ids), BursaryApplication.sent_at.is_not(None)
    by = BursaryApplication.call_id, BursaryApplication.state
    found: dict[int, dict[ApplicationState, int]] = {}
    for call_id, state, number in session.execute(select(*by, func.count()).where(*sent).group_by(*by)):
        found.setdefault(call_id, {})[state] = number
    return found


def numbers_by_state(session: Session, call: BursaryCall) -> dict[ApplicationState, int]:
    """The same of one call."""
    return numbers_by_call(session, [call.id]).get(call.id, {})


def number_taken(session: Session, call: BursaryCall) -> int:
    """How many of its bursaries are offered or held."""
    taking = BursaryApplication.call_id == call.id, BursaryApplication.state.in_(TAKING)
    return session.scalar(select(func.count()).where(*taking)) or 0


def order_drawn(session: Session, call: BursaryCall) -> list[str]:
    """The references of all that took part in the decision, in the order that was decided."""
    took_part = BursaryApplication.call_id == call.id, BursaryApplication.position.is_not(None)
    references = select(BursaryApplication.reference).where(*took_part)
    return list(session.scalars(references.order_by(BursaryApplication.position)))


def calls_that_wait(session: Session, person: Person) -> Sequence[BursaryCall]:
    """Those that were published and not finished, and are hers to see to: of her university, or of all of them.

    An administrator is not asked about the calls of a university.
    """
    of_her_university = BursaryCall.provider_id.in_(person.provider_ids(Role.PROGRAMME_LEAD))
    of_all = BursaryCall.provider_id.is_(None) if Role.ADMINISTRATOR in person.roles else false()
    hers = or_(of_her_university, of_all)
    live = BursaryCall.state.in_((CallState.PUBLISHED, CallState.DECIDED))
    return session.scalars(whole_calls().where(is_run_by(person), hers, live).order_by(BursaryCall.id)).all()


def reason_of_cancelling(session: Session, call: BursaryCall) -> str:
    """Why a call was cancelled; empty where it was not."""
    if call.state is not CallState.CANCELLED:
        return ""
    return next((change.reason for change in story_of(session, call) if change.deed == CANCELLED), "")


def reason_of_ending(session: Session, application: BursaryApplication) -> str:
    """Why it stands as it does, where somebody said why."""
    story = story_of(session, application)
    return story[-1].reason if story else ""


def courses_of(session: Session, call: BursaryCall) -> Sequence[Programme]:
    """The courses for which somebody can apply: those of the level, at its university where it has one."""
    statement = select(Programme).join(Programme.provider).where(Programme.level == call.level)
    if call.provider_id is not None:
        statement = statement.where(Programme.provider_id == call.provider_id)
    ordered = statement.order_by(Provider.name, Programme.title, Programme.id)
    return session.scalars(ordered.options(joinedload(Programme.provider))).all()


def place_on_list(session: Session, application: BursaryApplication) -> int | None:
    """Where she stands among those who wait: 1 is next; None where she does not wait."""
    if application.state is not ApplicationState.WAITING:
        return None
    waiting = BursaryApplication.call_id == application.call_id, BursaryApplication.state == ApplicationState.WAITING
    before = select(func.count()).where(*waiting, BursaryApplication.position < application.position)
    return (session.scalar(before) or 0) + 1
