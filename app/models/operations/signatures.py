"""Signatures: who signed which content of which record in which part; added, ended once, and never removed."""

from datetime import datetime

from sqlalchemy import Connection, ForeignKey, Index, event, inspect, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.models.base import Base

VOIDING = frozenset({"voided_at", "voided_by_id", "voided_by_name", "voided_because"})


class SignedContent(Base):
    """What was signed, word for word, as the text of which `digest` is the digest; it outlives the record's changes."""

    __tablename__ = "signed_contents"

    digest: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]


class Signature(Base):
    """One person's signature, in one part, under one content of one record.

    It names its record and its signer without leaning on them; who signed by a link and has no account is a name alone.
    Of each part one signature can stand at a time. Whether
    it does is for `app/platform/signing` to say: what is not voided stands only while the content is what was signed.
    """

    __tablename__ = "signatures"
    __table_args__ = (
        Index("ix_signatures_subject_type_subject_id", "subject_type", "subject_id"),
        Index(
            "uq_signatures_standing",
            "subject_type",
            "subject_id",
            "party",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str]
    subject_id: Mapped[int]
    revision: Mapped[int]
    party: Mapped[str]
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    signer_name: Mapped[str]
    digest: Mapped[str] = mapped_column(ForeignKey("signed_contents.digest"), index=True)
    wording: Mapped[str]
    signed_at: Mapped[datetime]
    voided_at: Mapped[datetime | None] = mapped_column(active_history=True)
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    voided_by_name: Mapped[str] = mapped_column(default="")
    voided_because: Mapped[str] = mapped_column(default="")

    signed: Mapped[SignedContent] = relationship()

    def is_by(self, person_id: int | None, name: str) -> bool:
        """True of the same signer: by account, or by name where there is none."""
        return self.signer_id == person_id and (person_id is not None or self.signer_name == name)


@event.listens_for(SignedContent, "before_update")
@event.listens_for(SignedContent, "before_delete")
@event.listens_for(Signature, "before_delete")
def refuse_to_change_what_was_signed(mapper: Mapper[Base], connection: Connection, row: Base) -> None:
    raise ValueError("what was signed is never changed, and no signature removed")


@event.listens_for(Signature, "before_update")
def refuse_all_but_voiding(mapper: Mapper[Signature], connection: Connection, signature: Signature) -> None:
    """A signature is voided once; nothing else of it changes, and it does not come back."""
    changed = {one.key: one.history for one in inspect(signature).attrs if one.history.has_changes()}
    if changed.keys() - VOIDING or any(changed["voided_at"].deleted if "voided_at" in changed else [True]):
        raise ValueError("of a signature nothing changes but that it is voided, once")
