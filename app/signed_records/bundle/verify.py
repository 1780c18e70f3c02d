"""Checks a signed record from its bytes alone, whole or a part of it; no database, and nothing in it is believed."""

import enum
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.platform.files.plain_zip import NotPlain, json_of, packed_plainly, unpacked_plainly
from app.platform.sealing.keys import PublicKey
from app.platform.sealing.seal import BrokenSeal, sealed_by
from app.rules.signing.canonical import canonical_text
from app.signed_records.bundle.archive import CREDENTIAL, KEY, PARTS, PDF, RECORD, shown_key
from app.signed_records.bundle.credential import (
    BadCredential,
    claims_in,
    digest_of,
    digests_in,
    key_address_in,
    key_id_in,
)

Keys = Callable[[str], PublicKey | None]  # a key that is believed, by its id
TOKEN_BYTES_MAX = 100_000


class Kind(enum.Enum):
    """What somebody has given to be checked."""

    BUNDLE = "the whole file"
    PDF = "the PDF alone"
    CREDENTIAL = "the credential alone"


class NotARecord(Exception):
    """The file is something else; the message says what was expected."""


@dataclass(frozen=True)
class Outcome:
    """What was checked, and what is wrong with it: empty where nothing is."""

    question: str
    wrong: str = ""


@dataclass
class Checked:
    """What came out: each question, whose key it is, and what the credential says, where its signature holds."""

    kind: Kind
    outcomes: list[Outcome] = field(default_factory=list)
    key_id: str = ""
    key_address: str = ""
    is_key_known: bool = False
    claims: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Nothing is wrong; whether the key is to be believed is another question."""
        return bool(self.outcomes) and not any(one.wrong for one in self.outcomes)

    @property
    def address(self) -> str:
        """Where the issuer says how the record stands."""
        return str(self.claims.get("jti", ""))


class Wrong(Exception):
    """Something is not so; the message says what."""


def verify(data: bytes, keys: Keys) -> Checked:
    """Check what somebody has; `keys` are those to believe. Raises NotARecord where it is something else."""
    if data.startswith(b"PK"):
        return bundle_checked(data, keys)
    if data.startswith(b"%PDF-"):
        return pdf_checked(data, keys)
    if len(data) <= TOKEN_BYTES_MAX and data.count(b".") == 2:
        return credential_checked(data, keys)
    raise NotARecord(
        "This is no signed record. Choose the ZIP file, or the PDF (record.pdf) or the credential (credential.jwt) "
        "out of it."
    )


def bundle_checked(data: bytes, keys: Keys) -> Checked:
    """Every byte is asked for: by the packing, by the digests that the credential vouches for, or by its signature."""
    try:
        parts = unpacked_plainly(data, len(PARTS))
    except NotPlain as fault:
        return Checked(Kind.BUNDLE, [Outcome(PACKED, f"it cannot be opened: {fault}")])
    if not {CREDENTIAL, RECORD} <= parts.keys():
        raise NotARecord("This ZIP file is no signed record. Choose the file as it was downloaded.")
    checked = Checked(Kind.BUNDLE)
    for question, ask in questions_to(data, parts, checked, keys):
        checked.outcomes.append(Outcome(question, wrong_with(ask)))
        if checked.outcomes[-1].wrong:
            break  # what follows rests on it
    return checked


PACKED = "The file is packed as it was issued, with every part"
SIGNED = "The signature of the credential holds"
VOUCHED = "No part has changed since it was issued"
SEALED = "The seal of the PDF holds, with the same key"


def questions_to(
    data: bytes, parts: Mapping[str, bytes], checked: Checked, keys: Keys
) -> Iterator[tuple[str, Callable[[], None]]]:
    yield PACKED, lambda: is_packed(data, parts)
    yield SIGNED, lambda: is_signed(text_of(parts[CREDENTIAL]), checked, keys, parts.get(KEY))
    yield VOUCHED, lambda: is_vouched_for(parts, checked)
    yield SEALED, lambda: is_sealed(parts[PDF], checked)


def is_packed(data: bytes, parts: Mapping[str, bytes]) -> None:
    insist(parts.keys() == set(PARTS), "a part is missing, or there is one too many")
    insist(packed_plainly(parts) == data, "the file is not packed as it was")


def is_signed(token: str, checked: Checked, keys: Keys, beside: bytes | None = None) -> None:
    """With the key that is believed, else with the one that lies beside it, which whoever asks has to compare."""
    checked.key_address, checked.key_id = key_address_in(token), key_id_in(token)
    known = keys(checked.key_id)
    checked.is_key_known = known is not None
    key = known or key_in(beside)
    insist(key.id == checked.key_id, "the key beside it is another one than it names")
    checked.claims = claims_in(token, key)
    if beside is not None:
        insist(beside == json_of(shown_key(key, checked.key_address)), "the key beside it is not as it was")


def key_in(beside: bytes | None) -> PublicKey:
    if beside is None:
        raise Wrong("its key is not known here: give the key, or the whole file")
    try:
        return PublicKey.of(json.loads(beside))
    except (ValueError, RecursionError) as fault:
        raise Wrong("the key beside it cannot be read") from fault


def is_vouched_for(parts: Mapping[str, bytes], checked: Checked) -> None:
    others = {name: digest_of(content) for name, content in parts.items() if name != CREDENTIAL}
    said = digests_in(checked.claims)
    changed = [name for name in sorted(others.keys() | said.keys()) if others.get(name) != said.get(name)]
    insist(not changed, f"not as it was: {', '.join(changed)}")
    insist(canonical_text(json.loads(parts[RECORD])).encode() == parts[RECORD], f"{RECORD} is not written as it should")


def is_sealed(pdf: bytes, checked: Checked) -> None:
    insist(sealed_by(pdf).id == checked.key_id, "the PDF is sealed with another key")


def pdf_checked(data: bytes, keys: Keys) -> Checked:
    checked = Checked(Kind.PDF)

    def ask() -> None:
        checked.key_id = sealed_by(data).id
        checked.is_key_known = keys(checked.key_id) is not None

    checked.outcomes.append(Outcome("The seal of the PDF holds", wrong_with(ask)))
    return checked


def credential_checked(data: bytes, keys: Keys) -> Checked:
    checked = Checked(Kind.CREDENTIAL)
    token = text_of(data.strip())
    checked.outcomes.append(Outcome(SIGNED, wrong_with(lambda: is_signed(token, checked, keys))))
    return checked


def text_of(data: bytes) -> str:
    """What is not ASCII is no token; each such byte becomes a letter that no token has."""
    return data.decode("ascii", errors="replace")


def wrong_with(ask: Callable[[], None]) -> str:
    try:
        ask()
    except (Wrong, BadCredential, BrokenSeal) as wrong:
        return str(wrong)
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        return f"it cannot be read ({type(fault).__name__})"
    return ""


def insist(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Wrong(otherwise)
