"""Which signatures stand under a record: computed from what it says now, whatever is written about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.models.operations.parties import Party
from app.models.operations.signatures import Signature


@dataclass(frozen=True)
class Standing:
    """The signatures under one record as it is now.

    `signatures` has those that stand, by part; `past` has all others, the oldest first. `digest` is that of what a
    signature made now would cover: a page shows it along with the content, and its form sends it back.
    """

    signers: tuple[Party, ...]
    signatures: Mapping[Party, Signature]
    past: Sequence[Signature]
    digest: str

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def missing(self) -> tuple[Party, ...]:
        """The parts in which nobody has signed what it says now."""
        return tuple(party for party in self.signers if party not in self.signatures)

    def signed_by(self, person_id: int) -> Signature | None:
        """The signature with which a person stands under it, in whichever part."""
        return next((one for one in self.signatures.values() if one.signer_id == person_id), None)


def standing_from(rows: Sequence[Signature], signers: tuple[Party, ...], digest: str) -> Standing:
    """What stands of all signatures under a record whose content has this digest."""
    stand = {
        Party(one.party): one for one in rows if one.voided_at is None and one.digest == digest == one.signed.digest
    }
    kept = {party: stand[party] for party in signers if party in stand}
    ids = {one.id for one in kept.values()}
    return Standing(signers, kept, [one for one in rows if one.id not in ids], digest)
