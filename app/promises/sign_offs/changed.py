"""What ends a sign-off: something that it covers is corrected, reopened, withdrawn or taken back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.course.sign_offs import SignOff, SignOffState
from app.models.operations.parties import Party
from app.models.people import Person
from app.models.placements import Placement
from app.platform.links import end_links_to
from app.platform.outbox import queue_message
from app.promises.sign_offs import mails
from app.promises.sign_offs.concerned import all_concerned
from app.promises.sign_offs.lifecycle import CHANGED, SIGN_OFFS, SUPERSEDED
from app.rules.sign_offs.kind import SIGN_OFF
from app.rules.sign_offs.standing import all_of_a_sign_off

CONFIRM_SIGN_OFF = "confirm a sign-off"
STANDS = (SignOffState.OPEN, SignOffState.SIGNED_OFF)


def end_what_covers(
    session: Session,
    actor: Person | None,
    placement: Placement,
    counted_since: datetime | None,
    why: str,
    now: datetime,
) -> None:
    """Say that something of a placement's record, which counted since a moment, does so no longer.

    A sign-off that was attested later covers it: one under way is attested anew, one that was decided is superseded;
    all whom it concerns hear why. The same of a placement that continues this one, which covers its parts. What was
    added since, or never counted, ends nothing.
    """
    if counted_since is None:
        return
    for sign_off in covering(session, placement):
        before = SIGN_OFF.standing(session, sign_off)
        attested = before.signatures.get(Party.MENTOR)
        if attested is None or attested.signed_at < counted_since:
            continue
        is_decided = sign_off.state is SignOffState.SIGNED_OFF
        readers = all_concerned(session, sign_off, before, None)
        end_links_to(session, sign_off, CONFIRM_SIGN_OFF, now)
        deed, name = SUPERSEDED if is_decided else CHANGED, sign_off.placement.learner.name
        SIGN_OFFS.move(session, sign_off, deed, Party.SERVICE, actor, now, reason=why, name=name)
        for reader in readers:
            if is_decided:
                queue_message(session, reader.email, mails.superseded(reader, sign_off, why), now)
            else:
                queue_message(session, reader.email, mails.to_attest_anew(reader, sign_off, why), now)


def covering(session: Session, placement: Placement) -> list[SignOff]:
    """The sign-offs of a placement and of those that continue it, which nobody else moves until this is done."""
    ids, latest = [placement.id], placement.id
    while (later := session.scalar(select(Placement.id).where(Placement.continues_id == latest))) is not None:
        ids.append(later)
        latest = later
    statement = select(SignOff).where(SignOff.placement_id.in_(ids), SignOff.state.in_(STANDS)).order_by(SignOff.id)
    held = statement.with_for_update(of=SignOff).execution_options(populate_existing=True)
    return list(session.scalars(held.options(*all_of_a_sign_off())).all())
