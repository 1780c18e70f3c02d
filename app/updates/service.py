"""Deeds of whoever writes updates: a draft is written, changed, sent once or discarded."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.language.refusal import Overtaken
from app.models.people import Person
from app.models.public.updates import PublicUpdate, UpdateStanding, UpdateTopic
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_stoppable
from app.rules.doubts import ask_about, doubts_about_text
from app.updates import mails
from app.updates.moves import DISCARDED, DRAFTS, SENT, UPDATES
from app.updates.queries import subscribers_to


@dataclass(frozen=True)
class Written:
    """What subscribers are to read."""

    topic: UpdateTopic
    subject: str
    words: str


@dataclass(frozen=True)
class Ways:
    """Of which service a mail speaks, and how its reader stops it: a secret by her mark, and the address of that."""

    service: str
    secret_of: Callable[[int], str]
    stop_at: Callable[[str], str]


def write(session: Session, by: Occasion, written: Written, *, is_sure: bool) -> PublicUpdate:
    """Keep a draft; nobody else reads it. Raises Refused where the words are in doubt."""
    ask_about(doubts_about_text((written.subject, written.words), by.today), is_sure)
    update = PublicUpdate(
        state=UpdateStanding.DRAFT,
        topic=written.topic,
        subject=written.subject,
        words=written.words,
        written_at=by.now,
        written_by=editor(by),
    )
    session.add(update)
    record(session, by.actor, "wrote an update", update, now=by.now, name=update.subject)
    return update


def change(session: Session, by: Occasion, update: PublicUpdate, written: Written, *, is_sure: bool) -> None:
    """Change a draft; the caller has locked it. Raises Overtaken where it is none any more."""
    if update.state not in DRAFTS:
        raise Overtaken(f"This update is {update.state.value} by now, so it can no longer be changed.")
    ask_about(doubts_about_text((written.subject, written.words), by.today), is_sure)
    update.topic, update.subject, update.words = written.topic, written.subject, written.words
    update.written_at, update.written_by = by.now, editor(by)
    record(session, by.actor, "changed an update", update, now=by.now, name=update.subject)


def send(session: Session, by: Occasion, update: PublicUpdate, seen: str, ways: Ways) -> None:
    """Mail it to everybody who wants to hear of its topic, once, and let everybody read it.

    The caller has locked it. Raises Overtaken where it was sent or discarded, or is not what its sender has read.
    """
    if update.state in DRAFTS and seen != digest_of(update):
        raise Overtaken("This update was changed since you opened the page. Read it again before you send it.")
    UPDATES.move(session, update, SENT, Party.ADMINISTRATOR, editor(by), by.now, name=update.subject)
    letters = []
    for email, mark in subscribers_to(session, update.topic):
        secret = ways.secret_of(mark)
        address = ways.stop_at(secret)
        letters.append((email, mails.update(update, ways.service, address), secret, address))
    queue_stoppable(session, letters, by.now, mails.ABOUT)
    update.sent_at, update.reached = by.now, len(letters)


def discard(session: Session, by: Occasion, update: PublicUpdate) -> None:
    """Let a draft never be sent; raises Overtaken where it is none any more."""
    UPDATES.move(session, update, DISCARDED, Party.ADMINISTRATOR, editor(by), by.now, name=update.subject)


def digest_of(update: PublicUpdate) -> str:
    """What whoever sends it has read."""
    said = repr((update.topic.name, update.subject, update.words))
    return hashlib.sha256(said.encode()).hexdigest()


def editor(by: Occasion) -> Person:
    assert isinstance(by.actor, Person)
    return by.actor
