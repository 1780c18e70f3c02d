"""The one file that a learner takes with her: what is in it, and how it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.platform.files.plain_zip import json_of, packed_plainly
from app.platform.sealing.keys import PublicKey, SigningKey
from app.platform.sealing.seal import sealed
from app.signed_records.bundle.credential import Achieved, Issuing, claims_of, signed
from app.signed_records.bundle.read_me import words_for

RECORD, PDF, CREDENTIAL, KEY, READ_ME = "record.json", "record.pdf", "credential.jwt", "key.json", "README.txt"
PARTS = (RECORD, PDF, CREDENTIAL, KEY, READ_ME)
WHY = "Sealed record of a Research Practice Experience placement"


@dataclass(frozen=True)
class Bundle:
    """A record as it was issued: the file, and two of its parts that can be shown alone."""

    file: bytes
    pdf: bytes
    credential: str


def bundle_of(record: str, pdf: bytes, achieved: Achieved, issuing: Issuing, key: SigningKey) -> Bundle:
    """Seal, sign and pack a record, given as its one text and as a PDF."""
    parts = {
        RECORD: record.encode(),
        PDF: sealed(pdf, key, WHY, issuing.address),
        KEY: json_of(shown_key(key.public, issuing.key_address)),
        READ_ME: words_for(issuing).encode(),
    }
    credential = signed(claims_of(issuing, achieved, parts), key, issuing.key_address)
    return Bundle(packed_plainly({**parts, CREDENTIAL: credential.encode()}), parts[PDF], credential)


def shown_key(key: PublicKey, address: str) -> Mapping[str, Any]:
    """A public key as it stands at its permanent address."""
    return {**{name: key.jwk[name] for name in ("kty", "n", "e")}, "alg": "RS256", "use": "sig", "kid": address}
