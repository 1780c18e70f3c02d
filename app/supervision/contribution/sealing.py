"""Statements of supervision that were sealed for a mentor: kept as they were given out, and hers alone to take."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.models.operations.sealed_papers import SealedPaper
from app.models.people import Person
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.sealing.keys import SigningKey


def keep_paper(session: Session, occasion: Occasion, title: str, key: SigningKey, file: bytes) -> SealedPaper:
    """Write down what was sealed, so that whoever is given it can be told that it is ours."""
    assert occasion.actor is not None
    paper = SealedPaper(
        person_id=occasion.actor.id,
        title=title,
        key_id=key.public.id,
        digest=hashlib.sha256(file).hexdigest(),
        sealed_at=occasion.now,
        content=file,
    )
    session.add(paper)
    record(session, occasion.actor, "took a signed statement of supervision", paper, now=occasion.now)
    return paper


def papers_of(session: Session, person: Person) -> Sequence[SealedPaper]:
    """Hers, the newest first, without what is in them."""
    return session.scalars(
        select(SealedPaper).where(SealedPaper.person_id == person.id).order_by(SealedPaper.id.desc())
    ).all()


def paper_of_person(session: Session, person: Person, paper_id: int) -> SealedPaper | None:
    """The paper with what is in it, if it is hers."""
    hers = select(SealedPaper).where(SealedPaper.id == paper_id, SealedPaper.person_id == person.id)
    return session.scalar(hers.options(undefer(SealedPaper.content)))
