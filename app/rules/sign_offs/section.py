"""What a record says of its sign-off: who has signed in which part, when, over what, and with which exceptions."""

from collections.abc import Mapping
from typing import Any

from app.rules.sign_offs.standing import PlacementSignOff, SignedPart


def section_of(sign_off: PlacementSignOff) -> Mapping[str, Any]:
    """Who has signed in which part, when, over what; and where one person stood in two parts, who allowed it."""
    return {
        "digest": sign_off.digest,
        "signatures": [signature_in(one) for one in sign_off.parts],
        "exceptions": [
            {
                "name": one.person.name,
                "reason": one.reason,
                "granted_by": one.granted_by.name,
                "granted_at": one.granted_at,
            }
            for one in sign_off.exceptions
        ],
    }


def signature_in(part: SignedPart) -> Mapping[str, Any]:
    return {
        "party": part.party.value,
        "name": part.name,
        "signed_at": part.signed_at,
        "digest": part.digest,
        "words": part.words,
        "signed_although": part.reason,
    }


def without_words(section: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same for whoever reads no words of the record: who signed and when."""
    return {
        **section,
        "signatures": [{**one, "words": "", "signed_although": ""} for one in section["signatures"]],
        "exceptions": [{**one, "reason": ""} for one in section["exceptions"]],
    }
