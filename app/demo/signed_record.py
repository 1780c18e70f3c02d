"""What the demo shows of signed records: one that a learner has taken, and what checking it says."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.config import Settings
from app.models.course.sign_offs import SignOff, SignOffState
from app.models.course.signed_records import IssuedFile, IssuedRecord
from app.models.placements import Placement
from app.platform.clock import now, today
from app.platform.occasion import Occasion
from app.platform.sealing.service_key import has_to_make_one, key_to_issue_with, make_key
from app.signed_records import service
from app.signed_records.bundle.verify import verify
from app.signed_records.commands import found_in
from app.signed_records.drafts import draft_of
from app.signed_records.queries import placement_of_learner
from app.signed_records.views import issued_at_this_address, pages_of


def take_one(session: Session, settings: Settings) -> None:
    """Let a learner whose placement is signed off take her record, unless somebody has taken one."""
    placement = None if session.scalar(select(IssuedRecord.id).limit(1)) else placement_signed_off(session)
    if placement is None:
        return
    if has_to_make_one(session, settings):
        make_key(session, None, settings, now())
    draft = draft_of(session, placement, today())
    made = service.make_record(draft, key_to_issue_with(session, settings), issued_at_this_address, pages_of)
    service.give_out(session, Occasion(placement.learner, today(), now(), settings.base_url), placement, made)


def placement_signed_off(session: Session) -> Placement | None:
    signed = select(SignOff).where(SignOff.state == SignOffState.SIGNED_OFF).order_by(SignOff.id).limit(1)
    found = session.scalar(signed.options(joinedload(SignOff.placement).joinedload(Placement.learner)))
    return placement_of_learner(session, found.placement.learner, found.placement_id) if found else None


def checked_lines(session: Session) -> Iterator[str]:
    """What `rpe record verify` says of the newest one, whose learner is named."""
    newest = select(IssuedFile).order_by(IssuedFile.record_id.desc()).limit(1)
    file = session.scalar(newest.options(joinedload(IssuedFile.record)))
    if file is None:
        return
    yield ""
    yield f"Signed record that {file.record.issued_by_name} has taken, as rpe record verify checks it"
    for line in found_in(verify(file.content, lambda key_id: None)):
        yield f"  {line}"
