"""The moves of records that people sign: signing is one of them, and some of the others void signatures."""

import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.operations.signatures import Signature, SignedContent
from app.models.operations.state_changes import StateChange
from app.models.people import Person
from app.platform.lifecycle import Lifecycle, Move, Outsider, Party
from app.rules.signing.kinds import SignedKind
from app.rules.signing.standing import Standing

S = TypeVar("S", bound=enum.Enum)
CHANGED = "What it says was changed."


class SignedLifecycle(Lifecycle[S]):
    """The moves of a kind of record that has, beside its state, a `revision`.

    It can be signed in the state `signed_in`. Each deed of `voids` raises the revision, and ends the signatures of
    those parts. `signed` is the kind, which tells what stands.
    """

    def __init__(
        self, signed: SignedKind, moves: Iterable[Move[S]], signed_in: S, voids: Mapping[str, Collection[Party]]
    ) -> None:
        self.signed, self.voids, self.sign_deed = signed, voids, f"signed a {signed.kind}"
        signing = Move(self.sign_deed, frozenset({signed_in}), signed_in, frozenset(signed.signers))
        super().__init__(signed.kind, [*moves, signing])
        if voids.keys() - self.moves.keys():
            raise ValueError(f"no move of the {self.kind} is called {', '.join(voids.keys() - self.moves.keys())}")

    def sign(
        self,
        session: Session,
        subject: Any,
        party: Party,
        actor: Person | Outsider,
        now: datetime,
        *,
        seen: str,
        name: str = "",
        is_excepted: bool = False,
    ) -> Signature:
        """Sign what the record says; `seen` is the digest of what the signer has read.

        Signed again by the same person in the same part, it stays the signature that it is. Raises Overtaken where it
        says something else by now, or somebody else has signed in this part; Refused where she has signed in another:
        each part is somebody of its own, unless somebody else has excepted her. Whoever asks has locked the record.
        """
        standing = self.signed.standing(session, subject)
        known = standing.signatures.get(party)
        if known and known.is_by(actor.id, actor.name):
            return known
        self.check(self.sign_deed, subject.state, party)
        if known:
            raise Overtaken(f"{known.signer_name} has signed this as {party.value} already.")
        if actor.id is not None and standing.signed_by(actor.id) and not is_excepted:
            raise Refused(f"You have signed this {self.kind} in another part. Somebody else has to sign here.")
        if seen != standing.digest:
            raise Overtaken(f"This {self.kind} was changed while you read it. Read it again, then sign.")
        self.void(session, subject, [party], CHANGED, None, now)  # what is left of a content that changed by no deed
        signature = self.signature_under(session, subject, standing.digest, party, actor, now)
        super().move(session, subject, self.sign_deed, party, actor, now, name=name, revision=subject.revision)
        return signature

    def signature_under(
        self, session: Session, subject: Any, digest: str, party: Party, actor: Person | Outsider, now: datetime
    ) -> Signature:
        content = session.get(SignedContent, digest)
        signature = Signature(
            subject_type=type(subject).__name__,
            subject_id=subject.id,
            revision=subject.revision,
            party=party.value,
            signer_id=actor.id,
            signer_name=actor.name,
            signed=content or SignedContent(digest=digest, content=self.signed.text_of(subject)),
            wording=self.signed.wording.version,
            signed_at=now,
        )
        session.add(signature)
        return signature

    def move(
        self,
        session: Session,
        subject: Any,
        deed: str,
        party: Party,
        actor: Person | Outsider | None,
        now: datetime,
        *,
        reason: str = "",
        name: str = "",
        **details: Any,
    ) -> StateChange:
        """As any move; where the deed voids signatures, the revision is one more, and they end for this reason."""
        if deed == self.sign_deed:
            raise ValueError("a record is signed with `sign`")
        change = super().move(session, subject, deed, party, actor, now, reason=reason, name=name, **details)
        if deed in self.voids:
            subject.revision += 1
            self.void(session, subject, self.voids[deed], reason.strip() or CHANGED, actor, now)
        return change

    def void(
        self,
        session: Session,
        subject: Any,
        parties: Collection[Party],
        because: str,
        actor: Person | Outsider | None,
        now: datetime,
    ) -> None:
        """End the signatures of these parts that nobody has ended; they stay as history."""
        statement = select(Signature).where(
            Signature.subject_type == type(subject).__name__,
            Signature.subject_id == subject.id,
            Signature.party.in_([party.value for party in parties]),
            Signature.voided_at.is_(None),
        )
        for signature in session.scalars(statement.order_by(Signature.id)).all():
            signature.voided_at, signature.voided_because = now, because
            signature.voided_by_id = actor.id if actor else None
            signature.voided_by_name = actor.name if actor else "The service"
        session.flush()


def signers_to_tell(session: Session, before: Standing, actor: Person | None) -> Sequence[Person]:
    """Whose signatures stood before a move that voids them, where mail reaches them; who moved it knows."""
    ids = [one.signer_id for one in before.signatures.values() if actor is None or one.signer_id != actor.id]
    statement = select(Person).where(Person.id.in_(ids), Person.is_active).order_by(Person.id)
    return session.scalars(statement).all() if ids else []
