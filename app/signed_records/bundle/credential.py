"""The record as a credential that programs can read: Open Badges 3.0, as a signed token (VC-JWT, RS256)."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from app.platform.sealing.keys import PublicKey, SigningKey

ALGORITHM = "RS256"  # what the specification asks of everybody; others limit who can read it
KIND = "JWT"
CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


class BadCredential(Exception):
    """The token is not one that this service could have signed; the message says why."""


@dataclass(frozen=True)
class Issuing:
    """Under which addresses a record is issued, when, and by whom."""

    address: str
    key_address: str
    status_address: str
    issuer: str
    issuer_name: str
    at: datetime


@dataclass(frozen=True)
class Achieved:
    """What the credential says of the learner, in words: all else stands in the record beside it."""

    learner: str
    name: str
    description: str
    criteria: str


def claims_of(issuing: Issuing, achieved: Achieved, parts: Mapping[str, bytes]) -> dict[str, Any]:
    """What is signed; the digests of the files that go with it among it, so that the token vouches for them all."""
    since = issuing.at.isoformat(timespec="seconds").replace("+00:00", "Z")
    learner = f"{issuing.address}#learner"
    return {
        "@context": list(CONTEXTS),
        "id": issuing.address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achieved.name,
        "issuer": {"id": issuing.issuer, "type": ["Profile"], "name": issuing.issuer_name, "url": issuing.issuer},
        "validFrom": since,
        "credentialSubject": {
            "id": learner,
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityHash": achieved.learner,
                    "identityType": "name",
                    "hashed": False,
                }
            ],
            "achievement": {
                "id": f"{issuing.address}#achievement",
                "type": ["Achievement"],
                "name": achieved.name,
                "description": achieved.description,
                "criteria": {"narrative": achieved.criteria},
            },
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": {"id": issuing.status_address, "type": "1EdTechRevocationList"},
        "relatedResource": [
            {"id": f"{issuing.address}#{name}", "digestSRI": digest_of(content)}
            for name, content in sorted(parts.items())
        ],
        "iss": issuing.issuer,
        "jti": issuing.address,
        "nbf": int(issuing.at.timestamp()),
        "sub": learner,
    }


def digest_of(content: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


def signed(claims: Mapping[str, Any], key: SigningKey, key_address: str) -> str:
    """The token; the same claims and key give the same token."""
    header = {"alg": ALGORITHM, "kid": key_address, "typ": KIND}
    content = json.dumps(claims, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return jws.serialize_compact(header, content.encode(), key.jwk, algorithms=[ALGORITHM])


def key_address_in(token: str) -> str:
    """Where the key of a token is said to be; nothing of it is to be believed yet. Raises BadCredential."""
    if not TOKEN.fullmatch(token):
        raise BadCredential("it is no signed token")
    header = read_json(token.partition(".")[0])
    if not isinstance(header, dict) or header.keys() != {"alg", "kid", "typ"}:
        raise BadCredential("its header is not one of ours")
    if header["alg"] != ALGORITHM:
        raise BadCredential(f"it is not signed with {ALGORITHM}, the only way in which a record is signed")
    if header["typ"] != KIND or not isinstance(header["kid"], str):
        raise BadCredential("its header is not one of ours")
    return str(header["kid"])


def key_id_in(token: str) -> str:
    """The id of that key: the last part of its address."""
    return key_address_in(token).rpartition("/")[2]


def claims_in(token: str, key: PublicKey) -> dict[str, Any]:
    """What a token says, once its signature holds; raises BadCredential otherwise."""
    key_address_in(token)
    signature = token.rpartition(".")[2]
    try:
        # The last letter has bits that mean nothing: only one way to write a signature is taken.
        if base64.urlsafe_b64encode(bytes_in(signature)).rstrip(b"=").decode() != signature:
            raise BadCredential("its signature is not as it was")
        content = jws.deserialize_compact(token, key.key, algorithms=[ALGORITHM]).payload
        claims = json.loads(content)
    except (JoseError, ValueError, RecursionError) as fault:
        raise BadCredential("its signature does not hold") from fault
    if not isinstance(claims, dict) or not isinstance(claims.get("jti"), str) or claims["jti"] != claims.get("id"):
        raise BadCredential("it does not say what a record says")
    return claims


def digests_in(claims: Mapping[str, Any]) -> dict[str, str]:
    """The digest of each file for which a credential vouches, by the name of the file."""
    try:
        return {one["id"].rpartition("#")[2]: one["digestSRI"] for one in claims["relatedResource"]}
    except (KeyError, TypeError, AttributeError) as fault:
        raise BadCredential("it does not say what belongs to it") from fault


def read_json(part: str) -> Any:
    try:
        return json.loads(bytes_in(part))
    except (ValueError, RecursionError) as fault:
        raise BadCredential("it is no signed token") from fault


def bytes_in(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError) as fault:
        raise BadCredential("it is no signed token") from fault
