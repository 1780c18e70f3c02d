"""Deeds of a programme's lead with its capabilities: begin, confirm, add, reword, move, retire, bring back."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.language.folding import as_searched
from app.language.refusal import Refused
from app.models.course.capabilities import Capability, CapabilityWording
from app.models.course.starting_set import starting_capabilities
from app.models.programmes import Programme
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rules.course.capability_page import capabilities_of


def hold(session: Session, programme: Programme) -> Sequence[Capability]:
    """Lock the set of a programme, whose lock is that of its row, and give what stands in it."""
    session.refresh(programme, ["title"], with_for_update=True)
    return capabilities_of(session, programme.id)


def begin_set(session: Session, programme: Programme, occasion: Occasion) -> None:
    """Take the starting set into a programme that has none."""
    if hold(session, programme):
        raise Refused("This programme has capabilities already.")
    session.add_all(starting_capabilities(programme.id, occasion.now))
    record(session, occasion.actor, "began with the starting set", programme, now=occasion.now, name=programme.title)


def confirm_set(session: Session, programme: Programme, occasion: Occasion) -> int:
    """Let the words of the starting set be those of the university; gives how many were not confirmed before."""
    waiting = [one.wording for one in hold(session, programme) if not one.is_retired and one.wording.is_to_be_confirmed]
    for wording in waiting:
        wording.confirmed_at = occasion.now
    if waiting:
        deed = "confirmed the capabilities"
        record(session, occasion.actor, deed, programme, now=occasion.now, name=programme.title, number=len(waiting))
    return len(waiting)


def add_capability(session: Session, programme: Programme, name: str, words: str, occasion: Occasion) -> Capability:
    """Ask for one more, at the end of the list."""
    others = hold(session, programme)
    refuse_name_taken(others, name)
    row = Capability(
        programme_id=programme.id,
        position=max((one.position for one in others), default=0) + 1,
        wordings=[wording_of(1, name, words, occasion)],
    )
    session.add(row)
    record(session, occasion.actor, "added a capability", row, now=occasion.now, name=name)
    return row


def reword(session: Session, capability: Capability, name: str, words: str, occasion: Occasion) -> bool:
    """Say it otherwise from now on; what was said about it keeps its wording. False where nothing is otherwise.

    Whoever asks holds the set.
    """
    newest = capability.wording
    if (newest.name, newest.words) == (name, words):
        return False
    refuse_name_taken(
        [one for one in capabilities_of(session, capability.programme_id) if one.id != capability.id], name
    )
    capability.wordings.append(wording_of(newest.number + 1, name, words, occasion))
    record(session, occasion.actor, "reworded a capability", capability, now=occasion.now, name=name)
    return True


def wording_of(number: int, name: str, words: str, occasion: Occasion) -> CapabilityWording:
    return CapabilityWording(
        number=number,
        name=name,
        words=words,
        said_by=occasion.actor,
        said_at=occasion.now,
        confirmed_at=occasion.now,
    )


def move_up(session: Session, capability: Capability, occasion: Occasion) -> None:
    """Change places with the one before it; nothing happens to the first."""
    asked = [one for one in hold(session, capability.programme) if not one.is_retired]
    before = [one for one in asked if (one.position, one.id) < (capability.position, capability.id)]
    if capability.is_retired or not before:
        return
    other = before[-1]
    other.position, capability.position = capability.position, other.position
    record(session, occasion.actor, "moved a capability up", capability, now=occasion.now, name=capability.name)


def retire(session: Session, capability: Capability, occasion: Occasion) -> None:
    """Ask for it no more; what was said about it stays. Sent twice counts once."""
    hold(session, capability.programme)
    if not capability.is_retired:
        capability.retired_at = occasion.now
        record(session, occasion.actor, "retired a capability", capability, now=occasion.now, name=capability.name)


def bring_back(session: Session, capability: Capability, occasion: Occasion) -> None:
    """Ask for it again; raises Refused where another has its name by now."""
    others = [one for one in hold(session, capability.programme) if one.id != capability.id]
    if capability.is_retired:
        refuse_name_taken(others, capability.name)
        capability.retired_at = None
        record(session, occasion.actor, "brought back a capability", capability, now=occasion.now, name=capability.name)


def refuse_name_taken(others: Sequence[Capability], name: str) -> None:
    """Two that are asked for at the same time need names that can be told apart."""
    if any(not one.is_retired and as_searched(one.name) == as_searched(name) for one in others):
        raise Refused("Another capability of this programme has this name. Choose another name.", "name")
