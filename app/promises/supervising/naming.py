"""Deeds on who supervises a learner: a lead names somebody or nobody from a day on, and all concerned hear."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.numbers import listed
from app.language.refusal import Refused
from app.models.academic.supervisors import SupervisorAssignment
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Enrolment, Module
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.supervising import mails
from app.rules.academic.supervisors import assignments_of
from app.rules.doubts import ask_about, doubts_about_text

NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Learner:
    """A learner on the programme for which she is supervised."""

    enrolment: Enrolment
    person: Person


def name_supervisor(
    session: Session,
    occasion: Occasion,
    learners: Sequence[Learner],
    supervisor: Person | None,
    reason: str,
    *,
    is_sure: bool,
) -> int:
    """Let somebody, or for now nobody, supervise these learners from today on; all concerned hear. How many changed.

    Raises Refused for who cannot supervise one of them, where nothing would change, and where somebody is handed over
    and nobody says why.
    """
    reason = reason.strip()
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    hold(session, learners)
    before = assignments_of(session, [one.enrolment.id for one in learners])
    if supervisor is not None:
        require_fit(session, learners, supervisor)
    changed = [one for one in learners if is_changed(before.get(one.enrolment.id), supervisor)]
    if not changed:
        raise Refused("That is how it is already. Choose somebody else.", "supervisor")
    handed_over = [one for one in changed if one.enrolment.id in before]
    if handed_over and not reason:
        names = named([one.person.name for one in handed_over])
        raise Refused(f"Say why, because somebody supervises {names} already.", "reason")
    end_standing(session, occasion, changed, reason)
    for one in changed:
        begin(session, occasion, one, supervisor)
    tell_named(session, occasion, changed, before, supervisor, reason)
    return len(changed)


def hold(session: Session, learners: Sequence[Learner]) -> None:
    """Let whoever names a supervisor of one of them meanwhile wait; in one order, so that nobody waits for ever."""
    ids = [one.enrolment.id for one in learners]
    session.execute(select(Enrolment.id).where(Enrolment.id.in_(ids)).order_by(Enrolment.id).with_for_update()).all()


def is_changed(before: SupervisorAssignment | None, supervisor: Person | None) -> bool:
    return (before.supervisor_id if before else None) != (supervisor.id if supervisor else None)


def require_fit(session: Session, learners: Sequence[Learner], supervisor: Person) -> None:
    """She supervises at the university of each learner, and is neither the learner nor her mentor."""
    there = supervisor.provider_ids(Role.ACADEMIC_SUPERVISOR) if supervisor.is_active else frozenset()
    elsewhere = [one.person.name for one in learners if one.enrolment.programme.provider_id not in there]
    if elsewhere:
        raise Refused(
            f"{supervisor.name} is not an academic supervisor at the university of {named(elsewhere)}.", "supervisor"
        )
    mentored = learners_mentored_by(session, supervisor, [one.enrolment.id for one in learners])
    too_near = [one.person.name for one in learners if one.person.id == supervisor.id or one.enrolment.id in mentored]
    if too_near:
        raise Refused(
            f"{supervisor.name} is the mentor of {named(too_near)}, or the same person. Choose somebody else for them.",
            "supervisor",
        )


def learners_mentored_by(session: Session, mentor: Person, enrolment_ids: Collection[int]) -> frozenset[int]:
    """The enrolments within which the person mentors a placement."""
    statement = (
        select(Enrolment.id)
        .join(Module, Module.programme_id == Enrolment.programme_id)
        .join(Placement, (Placement.module_id == Module.id) & (Placement.learner_id == Enrolment.learner_id))
        .where(Enrolment.id.in_(enrolment_ids), Placement.mentor_id == mentor.id)
    )
    return frozenset(session.scalars(statement))


def end_standing(session: Session, occasion: Occasion, learners: Sequence[Learner], reason: str) -> None:
    """End what stands, also where its supervisor has left the university by now."""
    ids = [one.enrolment.id for one in learners]
    standing = SupervisorAssignment.enrolment_id.in_(ids), SupervisorAssignment.ended_on.is_(None)
    for one in session.scalars(select(SupervisorAssignment).where(*standing)):
        one.ended_on, one.ended_by_id = occasion.today, actor_of(occasion).id
        one.reason = reason or "No longer supervised at the university."
    session.flush()


def begin(session: Session, occasion: Occasion, learner: Learner, supervisor: Person | None) -> None:
    actor, name = actor_of(occasion), learner.person.name
    if supervisor is None:
        deed = "ended the supervision of a learner"
        record(session, actor, deed, learner.enrolment, now=occasion.now, name=name)
        return
    assignment = SupervisorAssignment(
        enrolment=learner.enrolment,
        supervisor=supervisor,
        starts_on=occasion.today,
        assigned_by_id=actor.id,
        assigned_at=occasion.now,
    )
    session.add(assignment)
    details = {"supervisor": supervisor.name}
    record(session, actor, "named an academic supervisor", learner.enrolment, now=occasion.now, name=name, **details)


def tell_named(
    session: Session,
    occasion: Occasion,
    learners: Sequence[Learner],
    before: Mapping[int, SupervisorAssignment],
    supervisor: Person | None,
    reason: str,
) -> None:
    """Each learner; whoever supervises them from now on, and whoever no longer does, each with all names in one."""
    for one in learners:
        if one.person.is_active:
            mail = mails.named_to_learner(one.person, one.enrolment, supervisor, occasion.home)
            queue_message(session, one.person.email, mail, occasion.now)
    names = [one.person.name for one in learners]
    if supervisor is not None and supervisor.id != actor_of(occasion).id:
        mail = mails.named_to_supervisor(supervisor, names, reason, occasion.home)
        queue_message(session, supervisor.email, mail, occasion.now)
    for former, hers in by_former(learners, before):
        if former.is_active and former.id != actor_of(occasion).id:
            mail = mails.no_longer_supervises(former, hers, supervisor, reason, occasion.home)
            queue_message(session, former.email, mail, occasion.now)


def by_former(
    learners: Sequence[Learner], before: Mapping[int, SupervisorAssignment]
) -> list[tuple[Person, list[str]]]:
    """Each who supervised some of them until now, with their names."""
    people: dict[int, Person] = {}
    names: defaultdict[int, list[str]] = defaultdict(list)
    for one in learners:
        former = before.get(one.enrolment.id)
        if former:
            people[former.supervisor_id] = former.supervisor
            names[former.supervisor_id].append(one.person.name)
    return [(people[id_], names[id_]) for id_ in people]


def named(names: Sequence[str]) -> str:
    """A and B; of many the first, and how many more there are."""
    if len(names) <= NAMED_AT_MOST:
        return listed(names)
    return f"{', '.join(names[:NAMED_AT_MOST])} and {len(names) - NAMED_AT_MOST} more"


def actor_of(occasion: Occasion) -> Person:
    assert occasion.actor is not None
    return occasion.actor
