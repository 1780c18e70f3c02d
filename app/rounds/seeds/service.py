"""The deed that draws another seed for a round, with a reason that stays on the record."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language.refusal import Overtaken
from app.models.people import Person
from app.models.rounds import MatchRound, RoundSeed
from app.platform.audit import record
from app.rounds.service import refuse_published
from app.rules.doubts import ask_about, doubts_about_text


def draw_another_seed(
    session: Session,
    actor: Person,
    today: date,
    now: datetime,
    round_: MatchRound,
    shown_digest: str,
    reason: str,
    *,
    is_sure: bool,
) -> RoundSeed:
    """Replace the seed whose digest the actor was shown; runs that used it stay, and can no longer be published.

    The caller has locked the round. Raises Refused when the round is published or the reason is in doubt, and Overtaken
    when that seed has been replaced already, so that pressing twice draws once.
    """
    refuse_published(round_)
    before = round_.seed
    if before.digest != shown_digest:
        raise Overtaken("Another seed has been drawn meanwhile. The page of the round shows it.")
    ask_about(doubts_about_text((reason,), today), is_sure)
    drawn = round_.draw_seed(actor, now, reason)
    record(
        session,
        actor,
        "drew another seed",
        round_,
        now=now,
        name=round_.name,
        reason=reason,
        digest=drawn.digest,
        digest_before=before.digest,
    )
    return drawn
