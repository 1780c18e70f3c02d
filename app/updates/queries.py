"""Which updates everybody reads, which are drafts, and to whom one goes."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.public.updates import PublicUpdate, Subscriber, SubscriberTopic, UpdateStanding, UpdateTopic
from app.web.paging import Page, page_of

UPDATES_AT_ONCE = 10


def updates_sent(session: Session, page: int) -> Page:
    """What everybody may read, the newest first."""
    sent = select(PublicUpdate).where(PublicUpdate.state == UpdateStanding.SENT)
    return page_of(session, sent.order_by(PublicUpdate.sent_at.desc(), PublicUpdate.id.desc()), page, UPDATES_AT_ONCE)


def updates_written(session: Session, page: int) -> Page:
    """All that was ever written, for those who write it, the newest first."""
    newest = select(PublicUpdate).order_by(PublicUpdate.written_at.desc(), PublicUpdate.id.desc())
    return page_of(session, newest.options(joinedload(PublicUpdate.written_by)), page)


def update_with(session: Session, update_id: int, *, to_change: bool = False) -> PublicUpdate | None:
    """`to_change` lets others wait, and reads it afresh."""
    statement = select(PublicUpdate).where(PublicUpdate.id == update_id)
    if to_change:
        statement = statement.with_for_update(of=PublicUpdate).execution_options(populate_existing=True)
    return session.scalar(statement)


def drafts(session: Session) -> Sequence[PublicUpdate]:
    """What is neither sent nor discarded, the oldest first."""
    waiting = select(PublicUpdate).where(PublicUpdate.state == UpdateStanding.DRAFT)
    return session.scalars(waiting.order_by(PublicUpdate.written_at, PublicUpdate.id)).all()


def number_of_subscribers(session: Session, topic: UpdateTopic) -> int:
    return session.scalar(select(func.count()).where(SubscriberTopic.topic == topic)) or 0


def numbers_of_subscribers(session: Session) -> dict[UpdateTopic, int]:
    """How many want to hear of each topic."""
    counted = select(SubscriberTopic.topic, func.count()).group_by(SubscriberTopic.topic)
    found = {row[0]: row[1] for row in session.execute(counted)}
    return {topic: found.get(topic, 0) for topic in UpdateTopic}


def subscribers_to(session: Session, topic: UpdateTopic) -> Sequence[tuple[str, int]]:
    """Address and mark of everybody who wants to hear of a topic; whoever stops meanwhile waits until it is sent.

    Else the mail of somebody who stops at this moment would keep her address, as it is not written yet.
    """
    hers = SubscriberTopic.subscriber_id == Subscriber.id
    theirs = select(Subscriber.email, Subscriber.mark).join(SubscriberTopic, hers).where(SubscriberTopic.topic == topic)
    held = theirs.order_by(Subscriber.id).with_for_update(read=True, of=Subscriber)
    return [(email, mark) for email, mark in session.execute(held)]


def subscriber_with(session: Session, mark: int, *, to_change: bool = False) -> Subscriber | None:
    """Whose links carry a mark; `to_change` lets others wait."""
    statement = select(Subscriber).where(Subscriber.mark == mark).options(selectinload(Subscriber.topic_rows))
    if to_change:
        statement = statement.with_for_update(of=Subscriber).execution_options(populate_existing=True)
    return session.scalar(statement)
