"""The deed that announces which policy of a round is meant to be published."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.language.refusal import Overtaken, Refused
from app.models.people import Person, Role
from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound, PolicyAnnouncement
from app.platform.audit import record
from app.platform.outbox import queue_messages
from app.rounds.plan import mails
from app.rounds.service import refuse_published
from app.rules.doubts import ask_about, doubts_about_text


def announce_policy(
    session: Session,
    actor: Person,
    now: datetime,
    round_: MatchRound,
    stages: Sequence[str],
    reason: str,
    shown: int,
    address: str,
    *,
    is_sure: bool,
) -> int:
    """Announce a policy and return how many learners are told by email, which they are when it is not the first.

    Once there is one, or the round has closed, learners have chosen by what they knew: then it needs a reason. The
    caller has locked the round. Raises Refused, or Overtaken when somebody announced meanwhile.
    """
    refuse_published(round_)
    if len(round_.announcements) != shown:
        raise Overtaken("Another policy has been announced meanwhile. The plan of the round shows it.")
    before = round_.announced
    if before is not None and before.stages == list(stages):
        raise Refused("This policy is announced already. Choose another one, or leave it as it is.", "policy")
    if needs_reason(round_, now) and not reason:
        raise Refused("Enter the reason: learners read it", "reason")
    ask_about(doubts_about_text((reason,), day_of(now)), is_sure)
    said = announce(round_, actor, now, stages, reason)
    session.flush()
    record(session, actor, "announced a policy", round_, now=now, name=round_.name, stages=said.stages)
    told = learners_waiting(session, round_) if needs_reason(round_, now) and before is not None else []
    queue_messages(session, ((one.email, mails.policy_changed(one, round_, address)) for one in told), now)
    return len(told)


def needs_reason(round_: MatchRound, now: datetime) -> bool:
    """True when learners may have chosen by another announcement, or by none."""
    return round_.announced is not None or round_.has_closed(now)


def announce(
    round_: MatchRound, actor: Person, now: datetime, stages: Sequence[str], reason: str
) -> PolicyAnnouncement:
    """A new announcement, which counts from now on; those before stay to be read."""
    said = PolicyAnnouncement(stages=list(stages), reason=reason, announced_at=now, announced_by=actor)
    round_.announcements.append(said)
    return said


def learners_waiting(session: Session, round_: MatchRound) -> Sequence[Person]:
    """The learners who have sent a request to the round and take part."""
    return session.scalars(
        select(Person)
        .join(PlacementRequest, PlacementRequest.learner_id == Person.id)
        .where(
            PlacementRequest.round_id == round_.id,
            PlacementRequest.state == RequestState.SUBMITTED,
            Person.takes_part_as(Role.LEARNER),
        )
        .order_by(Person.id)
        .distinct()
    ).all()
