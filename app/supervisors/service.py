"""Deeds with academic supervisors: a lead names or changes one; a supervisor writes a note, which a lead answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.numbers import listed
from app.language.refusal import Overtaken, Refused
from app.models.academic.notes import SupervisorNote
from app.models.academic.supervisors import SupervisorAssignment
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Enrolment, Module
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rules.academic.supervisors import assignments_of
from app.rules.doubts import ask_about, doubts_about_text
from app.supervisors import telling

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
    telling.tell_named(session, occasion, changed, before, supervisor, reason)
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


def write_note(session: Session, occasion: Occasion, learner: Learner, words: str, *, is_sure: bool) -> SupervisorNote:
    """Tell the programme leads something about a learner; raises Refused to ask about doubtful words."""
    ask_about(doubts_about_text((words,), occasion.today), is_sure)
    note = SupervisorNote(
        enrolment=learner.enrolment, author=actor_of(occasion), words=words.strip(), written_at=occasion.now
    )
    session.add(note)
    record(session, occasion.actor, "wrote a note about a learner", note, now=occasion.now, name=learner.person.name)
    telling.tell_written(session, occasion, note, learner)
    return note


def answer_note(
    session: Session, occasion: Occasion, note: SupervisorNote, learner: Person, answer: str, *, is_sure: bool
) -> None:
    """Answer a note once; its author hears. Raises Overtaken where another lead was faster."""
    ask_about(doubts_about_text((answer,), occasion.today), is_sure)
    session.refresh(note, ["answered_at", "answered_by_id", "answer"], with_for_update=True)
    if note.answered_at is not None:
        raise Overtaken("Somebody has answered this note by now. Read the answer with the note.")
    note.answer, note.answered_by, note.answered_at = answer.strip(), actor_of(occasion), occasion.now
    record(session, occasion.actor, "answered a note about a learner", note, now=occasion.now, name=learner.name)
    telling.tell_answered(session, occasion, note, learner)


def named(names: Sequence[str]) -> str:
    """A and B; of many the first, and how many more there are."""
    if len(names) <= NAMED_AT_MOST:
        return listed(names)
    return f"{', '.join(names[:NAMED_AT_MOST])} and {len(names) - NAMED_AT_MOST} more"


def actor_of(occasion: Occasion) -> Person:
    assert occasion.actor is not None
    return occasion.actor
