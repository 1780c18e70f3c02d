"""Whom it concerns what becomes of a sign-off: the two of the placement, and all who signed it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models.course.sign_offs import SignOff
from app.models.operations.parties import Outsider, Party
from app.models.people import Person
from app.platform.signing.lifecycle import signers_to_tell
from app.rules.signing.standing import Standing


@dataclass(frozen=True)
class Reader:
    """Whoever is written to: somebody with an account, or a confirmer who has none."""

    name: str
    email: str
    has_account: bool


def people(readers: Iterable[Person], actor: Person | Outsider | None) -> list[Reader]:
    """Each once, where mail reaches her; not who does the deed."""
    actor_id = actor.id if actor else None
    found = {one.id: one for one in readers if one.is_active and one.id != actor_id}
    return [Reader(one.name, one.email, has_account=True) for one in found.values()]


def all_concerned(
    session: Session, sign_off: SignOff, before: Standing, actor: Person | Outsider | None
) -> Sequence[Reader]:
    """Learner and mentor, those whose signatures stood before, and the confirmer without account if she had signed."""
    placement = sign_off.placement
    signers = signers_to_tell(session, before, None)
    found = people([placement.learner, placement.mentor, *signers], actor)
    confirmed = before.signatures.get(Party.STUDY_TEAM)
    is_actor = isinstance(actor, Outsider) or (actor is not None and actor.id == sign_off.confirmer_id)
    if confirmed and confirmed.signer_id is None and not is_actor:
        found.append(Reader(sign_off.confirmer_name, sign_off.confirmer_email, has_account=False))
    return found
