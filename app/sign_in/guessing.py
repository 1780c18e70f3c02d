"""Who guesses passwords is slowed down, without keeping out whoever signs in where she has signed in before.

Nothing here depends on whether there is such an account, so that no answer tells. `docs/operations.md` has the limits.
"""

from dataclasses import dataclass

from limits import RateLimitItem, parse
from sqlalchemy.orm import Session

from app.platform.db import short_write
from app.platform.jobs import enqueue
from app.sign_in.jobs import tell_of_guesses
from app.sign_in.places import Place, known_of
from app.web.security import limiter

AT_AN_ACCOUNT_FROM_A_PLACE = parse("10 per 15 minutes")
FROM_A_PLACE = parse("50 per 15 minutes")
AT_AN_ACCOUNT_FROM_PLACES_UNKNOWN_TO_IT = parse("100 per hour")
LOOKED_AT_FROM_A_PLACE = parse("500 per 15 minutes")
BEFORE_SHE_IS_TOLD = parse("10 per day")


@dataclass(frozen=True)
class Attempt:
    """One try to sign in: with which address, from where, and whether its holder has signed in from there before."""

    email: str
    place: Place
    known: frozenset[str]

    @property
    def is_from_known_place(self) -> bool:
        return bool(self.known)

    @property
    def counted_at(self) -> str:
        """A browser that is known has a count of its own, which nobody at the same address can use up."""
        return self.place.browser if self.place.browser in self.known else self.place.address

    def is_stopped(self) -> bool:
        """True when the password is not even looked at: there were too many tries from just this place."""
        is_flood = self.counted_at == self.place.address and is_full(LOOKED_AT_FROM_A_PLACE, self.place.address)
        return is_flood or is_full(AT_AN_ACCOUNT_FROM_A_PLACE, self.email, self.counted_at)

    def is_limited(self) -> bool:
        """True when somebody guesses at this account or from this address, so that only the right person is let in.

        She is who knows the password and has signed in from there before; everybody else gets the same answer.
        """
        return is_full(FROM_A_PLACE, self.place.address) or is_full(AT_AN_ACCOUNT_FROM_PLACES_UNKNOWN_TO_IT, self.email)

    def count(self) -> None:
        """Count a try that was refused, and tell whose address it is where there were many."""
        add_to(AT_AN_ACCOUNT_FROM_A_PLACE, self.email, self.counted_at)
        add_to(FROM_A_PLACE, self.place.address)
        add_to(LOOKED_AT_FROM_A_PLACE, self.place.address)
        if not self.is_from_known_place:
            add_to(AT_AN_ACCOUNT_FROM_PLACES_UNKNOWN_TO_IT, self.email)
        if add_to(BEFORE_SHE_IS_TOLD, self.email) == BEFORE_SHE_IS_TOLD.amount:
            with short_write():
                enqueue(tell_of_guesses, self.email, BEFORE_SHE_IS_TOLD.amount)


def attempt_at(session: Session, email: str, place: Place) -> Attempt:
    email = email.strip().lower()
    return Attempt(email, place, known_of(session, email, place))


def is_full(limit: RateLimitItem, *of: str) -> bool:
    return not limiter.limiter.test(limit, *of)


def add_to(limit: RateLimitItem, *of: str) -> int:
    """The number with this one."""
    return limiter.limiter.storage.incr(limit.key_for(*of), limit.get_expiry())
