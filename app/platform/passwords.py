"""What a password must be, what is kept of it, and whether somebody knows it."""

import secrets
from collections.abc import Iterator, Sequence

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from app.language.refusal import Refused
from app.models.people import Person

LENGTH_MIN, LENGTH_MAX = 12, 200
SAFE_SCORE = 3  # zxcvbn's own bound for what withstands who tries online, and even who has stolen the hash, for a while
JUDGED_CHARACTERS = 72  # of a password; zxcvbn takes long for long ones
WORD_LENGTH_MIN = 3
WHAT_IS_GOOD = "Three or four words that only you would put together are good"

hasher = PasswordHasher()
# Checked when there is no such person, so that the time of an answer does not tell who has an account.
NOBODYS_HASH = hasher.hash(secrets.token_hex())


def is_right(kept: str | None, password: str) -> bool:
    """True when the password is the one of which this was kept; takes as long where nothing was."""
    try:
        hasher.verify(kept or NOBODYS_HASH, password)
    except VerificationError:
        return False
    return kept is not None


def kept_of_password(password: str, hers: Sequence[str] = ()) -> str:
    """What is kept of a password that somebody chose; raises Refused at the field `password` when it is not good.

    `hers` is what a stranger would try first: her name, her address, the name of the service.
    """
    if not password.strip():
        raise Refused("Enter a new password", "password")
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX:
        raise Refused(f"The password must have between {LENGTH_MIN} and {LENGTH_MAX} characters", "password")
    if what_is_weak := weakness(password, hers):
        raise Refused(f"{what_is_weak}. {WHAT_IS_GOOD}", "password")
    return hasher.hash(password)


def own_words(person: Person, service_name: str) -> tuple[str, ...]:
    """What a stranger tries first."""
    return person.name, person.email, service_name


def weakness(password: str, hers: Sequence[str] = ()) -> str:
    """Why somebody would soon guess this password; empty when nobody would."""
    from zxcvbn import zxcvbn  # its lists of words take a while to load, and only who chooses a password needs them

    own = sorted(set(parts_of(hers)), key=len, reverse=True)
    judged = zxcvbn(without(own, password)[:JUDGED_CHARACTERS], user_inputs=own)
    if judged["score"] >= SAFE_SCORE:
        return ""
    kinds = {match["pattern"] for match in judged["sequence"]}
    if any(word in password.lower() for word in own):
        return "The password is made of your name, your email address or the name of this service"
    if kinds & {"repeat", "sequence", "spatial"} and "dictionary" not in kinds:
        return "The password repeats itself or follows a row, and is guessed early"
    return "The password is among those that are guessed early, or close to one"


def parts_of(hers: Sequence[str]) -> Iterator[str]:
    """Each text whole and each of its words, as lower case."""
    for text in hers:
        yield text.lower()
        words = "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
        yield from (word for word in words if len(word) >= WORD_LENGTH_MIN)


def without(own: Sequence[str], password: str) -> str:
    """The password as if each of her own words were but one letter: they make it no harder to guess."""
    left = password.lower()
    for word in own:
        left = left.replace(word, "x")
    return password if left == password.lower() else left
