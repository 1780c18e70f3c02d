"""Plays how far placed learners of the demo have come in their capabilities, and what they keep as evidence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.playing.course.record import Clock
from app.evidence.service import NewEvidence, add_evidence, rate
from app.models.course.capabilities import Capability, CapabilityLevel, Rater
from app.models.course.evidence import EvidenceKind
from app.models.hours import HoursEntry
from app.models.placements import Placement
from app.platform.db import transaction
from app.platform.occasion import Occasion
from app.rules.course.capability_page import capabilities_of

WEEKS_AFTER_THE_START = 6
WITHOUT = 4  # one learner in so many has done nothing about it yet
COMPLETE = 5  # and one in so many has evidence for everything
SHOWN_BY_OTHERS = 3  # capabilities for which the others have evidence
NOTE = "What I did, what my mentor said of it, and what I would do otherwise next time."


def play_capabilities(placements: Sequence[Placement], today: date, clock: Clock) -> None:
    """Learners rate themselves and keep evidence; about half of the mentors have rated them.

    The last one has evidence for everything, because her placement is signed off.
    """
    for number, placement in enumerate(placements):
        day = placement.starts_on + timedelta(weeks=WEEKS_AFTER_THE_START)
        is_last = placement is placements[-1]
        if day < min(today, placement.ends_on) and (is_last or number % WITHOUT != WITHOUT - 1):
            with clock(day) as now, transaction() as session:
                has_all = is_last or number % COMPLETE == COMPLETE - 1
                play_one(session, number, placement, has_all, Occasion(placement.learner, day, now, ""))


def play_one(session: Session, number: int, placement: Placement, has_all: bool, occasion: Occasion) -> None:
    asked = [one for one in capabilities_of(session, placement.module.programme_id) if not one.is_retired]
    levels = tuple(CapabilityLevel)
    hers = {one.id: levels[(number + at) % 3] for at, one in enumerate(asked)}
    rate(session, occasion, placement, Rater.LEARNER, hers)
    if number % 2 == 0:
        his = {id_: levels[max(levels.index(level) - 1, 0)] for id_, level in hers.items()}
        rate(session, replace(occasion, actor=placement.mentor), placement, Rater.MENTOR, his)
    shown = len(asked) if has_all else SHOWN_BY_OTHERS
    for at, one in enumerate(asked[:shown]):
        add_evidence(session, occasion, placement, piece_of(session, placement, one, at), is_sure=True)


def piece_of(session: Session, placement: Placement, capability: Capability, at: int) -> NewEvidence:
    """The first is an entry of hours where there is one, the others are notes."""
    first = select(HoursEntry.id).where(HoursEntry.placement_id == placement.id, HoursEntry.withdrawn_at.is_(None))
    entry_id = None if at else session.scalar(first.order_by(HoursEntry.id).limit(1))
    return NewEvidence(
        kind=EvidenceKind.HOURS if entry_id else EvidenceKind.NOTE,
        title=capability.name,
        words=NOTE,
        link="",
        entry_id=entry_id,
        session_id=None,
        capability_ids=frozenset({capability.id}),
        form_key=f"demo evidence {placement.id} {at}",
    )
