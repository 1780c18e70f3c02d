"""Giving out the record of a placement: made and signed before the lock is taken, written under it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken
from app.models.course.signed_records import IssuedFile, IssuedRecord, RecordState, new_address
from app.models.placements import Placement
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.sealing.keys import SigningKey
from app.rules.sign_offs.issued import Standing, standing_of
from app.signed_records.bundle.archive import Bundle, bundle_of
from app.signed_records.bundle.credential import Issuing
from app.signed_records.drafts import Draft, achieved_in, draft_of
from app.signed_records.moves import ISSUED_RECORD, SUPERSEDED
from app.signed_records.queries import valid_record_of

Addresses = Callable[[str, str], Issuing]  # of a record at an address, signed with the key of an id
Pages = Callable[[Draft, Issuing], bytes]  # the PDF before it is sealed


@dataclass(frozen=True)
class Made:
    """A record that is signed and not given out yet."""

    draft: Draft
    address: str
    key_id: str
    bundle: Bundle


def record_that_says(session: Session, placement: Placement, draft: Draft) -> IssuedRecord | None:
    """The record that was given out and still says the same: another one would be no other record."""
    issued = valid_record_of(session, placement)
    stands = issued is not None and standing_of(issued) is Standing.VALID
    return issued if issued and stands and issued.content_digest == draft.digest else None


def make_record(draft: Draft, key: SigningKey, addresses: Addresses, pages: Pages) -> Made:
    """Seal and sign it; this takes a while, and asks no database."""
    address = new_address()
    issuing = addresses(address, key.public.id)
    bundle = bundle_of(draft.text, pages(draft, issuing), achieved_in(draft.record), issuing, key)
    return Made(draft, address, key.public.id, bundle)


def give_out(session: Session, occasion: Occasion, placement: Placement, made: Made) -> IssuedRecord:
    """Write down what was made; it takes the place of the one before, where that says something else.

    Raises Overtaken where the record was changed while it was signed, and Refused where its sign-off ended.
    """
    assert occasion.actor is not None
    session.execute(select(Placement.id).where(Placement.id == placement.id).with_for_update())
    draft = draft_of(session, placement, occasion.today)
    if draft.digest != made.draft.digest:
        raise Overtaken("The record was changed while it was signed. Look at it again, then try again.")
    if known := record_that_says(session, placement, draft):
        return known
    before = valid_record_of(session, placement)
    if before:
        ISSUED_RECORD.move(session, before, SUPERSEDED, Party.LEARNER, occasion.actor, occasion.now)
        session.flush()
    issued = IssuedRecord(
        placement_id=placement.id,
        number=before.number + 1 if before else 1,
        sign_off_id=draft.sign_off.sign_off.id,
        address=made.address,
        key_id=made.key_id,
        state=RecordState.VALID,
        content_digest=draft.digest,
        file_digest=hashlib.sha256(made.bundle.file).hexdigest(),
        pdf_digest=hashlib.sha256(made.bundle.pdf).hexdigest(),
        issued_at=occasion.now,
        issued_by_id=occasion.actor.id,
        issued_by_name=occasion.actor.name,
    )
    session.add_all([issued, IssuedFile(record=issued, content=made.bundle.file)])
    record(session, occasion.actor, "took a signed record", issued, now=occasion.now, placement=placement.id)
    return issued
