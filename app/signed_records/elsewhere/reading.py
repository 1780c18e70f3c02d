"""Reads a file that another service signed: with a key that whoever reads it believes, and what its issuer says."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.language.refusal import Refused
from app.platform.files.plain_zip import unpacked_plainly
from app.platform.sealing.keys import PublicKey
from app.signed_records.bundle.archive import PARTS, RECORD
from app.signed_records.bundle.verify import Checked, Kind, NotARecord, verify
from app.signed_records.elsewhere.words import lines_of
from app.signed_records.issuer import Issuer, NoAnswer

STANDS = "valid"
FROM_FILE = "a file that was given"


@dataclass(frozen=True)
class ReadRecord:
    """What a file says once its signatures hold; `standing` is empty where its issuer was not asked."""

    claims: Mapping[str, Any]
    says: Mapping[str, Any]
    key: PublicKey
    key_from: str
    standing: str
    digest: str
    file: bytes

    @property
    def issued_at(self) -> datetime:
        return datetime.fromisoformat(self.claims["validFrom"])


def key_in_file(content: bytes) -> PublicKey:
    """Raises Refused where it is no public key."""
    try:
        return PublicKey.of(json.loads(content))
    except (ValueError, RecursionError) as fault:
        raise Refused(f"The key cannot be used: {fault}. Ask the issuer for its key as a JWK file.", "key") from fault


def read_with_key(content: bytes, key: PublicKey) -> ReadRecord:
    """With a key from a file; nobody is asked. Raises Refused at the field that is wrong."""
    checked = checked_with(content, key)
    return read_out(content, checked, key, FROM_FILE, "")


def read_with_issuer(content: bytes, address: str) -> ReadRecord:
    """With the key that the service at `address` has, which says as well how the record stands.

    Raises Refused where the record is not its, no longer stands, or the service does not answer.
    """
    try:
        issuer = Issuer(address)
        named = checked_with(content, None)
        key = issuer.key(named.key_id)
        if key is None or not named.address.startswith(f"{issuer.address}/"):
            raise Refused(f"This record was not issued by {issuer.address}: it has no such key.", "issuer")
        checked = checked_with(content, key)
        if named.key_id in issuer.warnings:
            raise Refused(
                f"{issuer.address} says that somebody else may have the key of this record. Ask the learner for a "
                "newer one.",
                "file",
            )
        standing = issuer.standing(checked.address)
    except NoAnswer as fault:
        raise Refused(f"{fault} Try again later, or give the key as a file.", "issuer") from fault
    if standing != STANDS:
        raise Refused(f"{issuer.address} says that this record is {standing}. Ask the learner for a newer one.", "file")
    return read_out(content, checked, key, issuer.address, standing)


def checked_with(content: bytes, key: PublicKey | None) -> Checked:
    """Checked byte for byte, with a key to believe or with the one beside it; raises Refused where it does not hold."""
    try:
        checked = verify(content, lambda id_: key if key and key.id == id_ else None)
    except NotARecord as fault:
        raise Refused(str(fault), "file") from fault
    if checked.kind is not Kind.BUNDLE:
        raise Refused("Choose the whole ZIP file: a part of it does not have all that is signed.", "file")
    wrong = next((one.wrong for one in checked.outcomes if one.wrong), "")
    if wrong:
        raise Refused(f"The file is not as it was issued: {wrong}. Ask the learner to download it again.", "file")
    if key and not checked.is_key_known:
        raise Refused("The record was signed with another key than this one.", "key")
    return checked


def read_out(content: bytes, checked: Checked, key: PublicKey, key_from: str, standing: str) -> ReadRecord:
    says = json.loads(unpacked_plainly(content, len(PARTS))[RECORD])
    lines_of(says)
    digest = hashlib.sha256(content).hexdigest()
    return ReadRecord(checked.claims, says, key, key_from, standing, digest, content)
