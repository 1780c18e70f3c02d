"""Deeds with evidence and ratings: a learner adds and withdraws pieces; she and her mentor say how far she has come."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.evidence import queries
from app.evidence.moves import EVIDENCE, WITHDRAW
from app.language.dates_and_times import day_in_words, day_of
from app.language.refusal import Refused
from app.models.course.capabilities import CapabilityLevel, CapabilityRating, Rater
from app.models.course.evidence import Evidence, EvidenceFile, EvidenceKind
from app.models.people import Person
from app.models.placements import Placement
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.promises.sign_offs.changed import end_what_covers
from app.rules.course.capability_page import capabilities_of, ratings_in
from app.rules.course.evidenced import check_record_open
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.record_totals import part_ids_of

WHEN_IT_RUNS = ("state", "outcome", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What a learner adds; `capability_ids` are those for which it stands. `file` is kept on the disk already."""

    kind: EvidenceKind
    title: str
    words: str
    link: str
    entry_id: int | None
    session_id: int | None
    capability_ids: frozenset[int]
    form_key: str
    file: EvidenceFile | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.title, self.words, self.link, self.file.name if self.file else "")


def add_evidence(
    session: Session, occasion: Occasion, placement: Placement, new: NewEvidence, *, is_sure: bool
) -> Evidence:
    """Put a piece on the record, once; raises Refused for what cannot be, or may not be without a tick."""
    session.refresh(placement, WHEN_IT_RUNS, with_for_update=True)
    known = queries.evidence_with_key(session, placement, new.form_key)
    if known:
        return known
    check_record_open(placement, occasion.today)
    asked = {one.id: one for one in capabilities_of(session, placement.module.programme_id)}
    chosen = [one for id_, one in asked.items() if id_ in new.capability_ids and not one.is_retired]
    if len(chosen) < len(new.capability_ids):
        raise Refused("A capability that you chose is no longer asked for. Choose again.", "capabilities")
    check_what_it_names(session, placement, new)
    doubts = doubts_about_text(new.texts, occasion.today)
    ask_about(doubts, is_sure)
    row = Evidence(
        placement_id=placement.id,
        kind=new.kind,
        title=new.title,
        words=new.words,
        link=new.link,
        hours_entry_id=new.entry_id,
        session_id=new.session_id,
        added_at=occasion.now,
        form_key=new.form_key,
        wordings=[one.wording for one in chosen],
        file=new.file,
    )
    session.add(row)
    said = {"kind": new.kind.value, "right_in_spite_of_doubts": len(doubts)}
    record(session, occasion.actor, "added evidence", row, now=occasion.now, name="", **said)
    return row


def check_what_it_names(session: Session, placement: Placement, new: NewEvidence) -> None:
    """An entry or a session must be of this placement, or of a part before it, and stand."""
    parts = part_ids_of(session, placement)
    if new.kind is EvidenceKind.HOURS and not (new.entry_id and queries.entry_of(session, parts, new.entry_id)):
        raise Refused("That entry was withdrawn or corrected meanwhile. Choose another.", "entry")
    if new.kind is EvidenceKind.SESSION and not (new.session_id and queries.meeting_of(session, parts, new.session_id)):
        raise Refused("That session was withdrawn or corrected meanwhile. Choose another.", "meeting")


def withdraw_evidence(session: Session, occasion: Occasion, evidence: Evidence, reason: str, *, is_sure: bool) -> None:
    """Take a piece back: it no longer counts, others see only that it was there, and its file is removed in a day."""
    session.refresh(evidence, ["withdrawn_at"], with_for_update=True)
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    EVIDENCE.move(session, evidence, WITHDRAW, Party.LEARNER, occasion.actor, occasion.now, reason=reason)
    why = f"Evidence was withdrawn that was added on {day_in_words(day_of(evidence.added_at))}."
    end_what_covers(session, occasion.actor, evidence.placement, evidence.added_at, why, occasion.now)


def rate(
    session: Session,
    occasion: Occasion,
    placement: Placement,
    rater: Rater,
    levels: Mapping[int, CapabilityLevel],
) -> int:
    """Note how far the learner has come, by the ids of capabilities; only what is new is added. Gives how much is."""
    session.refresh(placement, WHEN_IT_RUNS, with_for_update=True)
    check_record_open(placement, occasion.today)
    assert occasion.actor is not None
    before = levels_said(session, placement, occasion.actor)
    changed = [
        one
        for one in capabilities_of(session, placement.module.programme_id)
        if not one.is_retired and levels.get(one.id) not in (None, before.get(one.wording.id))
    ]
    session.add_all(
        CapabilityRating(
            placement_id=placement.id,
            wording_id=one.wording.id,
            rater=rater,
            level=levels[one.id],
            rated_by_id=occasion.actor.id,
            rated_at=occasion.now,
        )
        for one in changed
    )
    if changed:
        record(session, occasion.actor, "rated capabilities", placement, now=occasion.now, number=len(changed))
    return len(changed)


def levels_said(session: Session, placement: Placement, person: Person) -> dict[int, CapabilityLevel]:
    """The level that a person has said last, by wording: under new words, and of a new mentor, it is asked again."""
    ratings = ratings_in(session, part_ids_of(session, placement))
    return {one.wording_id: one.level for one in ratings if one.rated_by_id == person.id}
