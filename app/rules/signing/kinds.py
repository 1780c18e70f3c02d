"""Kinds of record that people sign: who signs, in any order, what a signature covers, and in which words.

A feature writes its kind down once; pages, files, rules and deeds ask that table and no other place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.rules.signing.canonical import canonical_text, digest_of
from app.rules.signing.standing import Standing, standing_from


@dataclass(frozen=True)
class Wording:
    """What a signer agrees to; a new text is a new version, and the earlier ones stay readable."""

    version: str
    words: str


@dataclass(frozen=True)
class SignedKind:
    """A kind of record that people sign.

    `content` says what a signature covers, as plain JSON, without what changes by no deed, such as a name or a title.
    The last of `wordings` is what whoever signs now agrees to.
    """

    kind: str
    signers: tuple[Party, ...]
    content: Callable[[Any], Mapping[str, Any]]
    wordings: tuple[Wording, ...]

    @property
    def wording(self) -> Wording:
        return self.wordings[-1]

    def words_of(self, signature: Signature) -> str:
        """What the signer agreed to at the time."""
        return next(one.words for one in self.wordings if one.version == signature.wording)

    def text_of(self, record: Any) -> str:
        """What a signature made now would cover, word for word: the content of this record, and of no other."""
        return canonical_text({"kind": self.kind, "id": record.id, "content": self.content(record)})

    def digest_of(self, record: Any) -> str:
        return digest_of(self.text_of(record))

    def standing(self, session: Session, record: Any) -> Standing:
        """Which signatures stand under a record: the one answer that everybody asks for."""
        return self.standings(session, [record])[record.id]

    def standings(self, session: Session, records: Sequence[Any]) -> dict[int, Standing]:
        """The same for several, by id, in one query."""
        rows: dict[int, list[Signature]] = {record.id: [] for record in records}
        if records:
            ours = (Signature.subject_type == type(records[0]).__name__, Signature.subject_id.in_(rows))
            statement = select(Signature).where(*ours).options(joinedload(Signature.signed)).order_by(Signature.id)
            for row in session.scalars(statement):
                rows[row.subject_id].append(row)
        return {one.id: standing_from(rows[one.id], self.signers, self.digest_of(one)) for one in records}
