"""Learners, mentors and a supervisor who submit, verify, sign and reopen all the while, and remember what was done."""

import itertools
import threading
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.agreements.moves import GAVE, TOOK_BACK
from app.models.course.agreements import LearningAgreement
from app.models.hours import HoursEntry
from app.models.operations.signatures import Signature
from app.models.operations.state_changes import StateChange
from app.models.people import Role
from app.platform.clock import now
from app.platform.db import transaction
from app.promises.course.hours import SUBMIT, VERIFY
from app.rules.signing.canonical import digest_of
from tests.builders import Builder
from tests.endurance.callers import Caller, Ended, Line, let_in
from tests.endurance.entries import half_an_hour
from tests.pages import Page, SentForm

PLACEMENTS = 2
LOGGED, SIGNED = "logged", "signed"
REASON = "We agreed on other days."


@dataclass(frozen=True)
class Trio:
    """Three people of one placement at their browsers."""

    placement_id: int
    agreement_id: int
    learner: Caller
    mentor: Caller
    supervisor: Caller


class Signers:
    """Each placement goes round and round: an entry is submitted and verified, an agreement signed and taken back."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.done: Counter[tuple[int, str]] = Counter()  # by placement and deed, what was acknowledged
        self.wrong: list[str] = []
        with transaction() as session:
            build = Builder(session, now())
            build.number = itertools.count(2_000_000)
            self.today = build.today
            self.trios = [self.trio(number, build) for number in range(PLACEMENTS)]
        self.threads = [threading.Thread(target=self.go_round, args=(trio,)) for trio in self.trios]

    def trio(self, number: int, build: Builder) -> Trio:
        placement = build.placement()
        supervisor = build.person()
        build.grant(supervisor, Role.ACADEMIC_SUPERVISOR, provider=placement.module.programme.provider)
        agreement = build.agreement(placement)
        build.session.flush()
        people = {"learner": placement.learner, "mentor": placement.mentor, "supervisor": supervisor}
        callers = {
            part: Caller(self.line, let_in(person, f"{part}{number}@nowhere.example"))
            for part, person in people.items()
        }
        return Trio(placement.id, agreement.id, **callers)

    def go_round(self, trio: Trio) -> None:
        about = f"/placements/{trio.placement_id}"
        try:
            for turn in itertools.count():
                key = f"signer{trio.placement_id}entry{turn:06}"
                self.note(trio, LOGGED, trio.learner.post(f"{about}/hours/new", half_an_hour(self.today, turn, key)))
                self.fills_in(trio, trio.learner, SUBMIT, f"{about}/hours/submit")
                self.fills_in(trio, trio.mentor, VERIFY, f"{about}/hours/verify", page="?all=1")
                for signer in (trio.learner, trio.mentor, trio.supervisor):
                    self.presses(trio, signer, SIGNED, "sign")
                self.fills_in(trio, trio.learner, TOOK_BACK, f"{about}/agreement/change")
                self.presses(trio, trio.learner, GAVE, "give")
        except Ended:
            return
        except Exception as failure:  # whatever ends a thread is told of with the faults
            self.wrong.append(f"placement {trio.placement_id}: {failure!r}")

    def fills_in(self, trio: Trio, who: Caller, deed: str, path: str, page: str = "") -> None:
        """Open a page, and send its form as it stands, with a reason where it asks for one and no other words."""
        fields = form_on(who.get(path + page), path).fields
        no_words = {name: [""] for name in fields if name.startswith("words_")}
        self.note(trio, deed, who.post(path, fields | no_words | {"reason": [REASON], "is_sure": ["y"]}))

    def presses(self, trio: Trio, who: Caller, deed: str, last: str) -> None:
        """Open the agreement, and press one of its buttons."""
        path = f"/placements/{trio.placement_id}/agreement"
        form = form_on(who.get(path), f"{path}/{last}")
        self.note(trio, deed, who.post(form.action, form.fields))

    def note(self, trio: Trio, deed: str, status: int) -> None:
        if status != 303:
            raise RuntimeError(f"{deed} was answered with {status}")
        self.done[trio.placement_id, deed] += 1
        self.line.acknowledge()

    def in_words(self) -> str:
        """120 logged, 118 submitted hours, ... acknowledged"""
        by_deed: Counter[str] = Counter()
        for (_, deed), times in self.done.items():
            by_deed[deed] += times
        return ", ".join(f"{times} times {deed}" for deed, times in by_deed.items())

    def faults(self, session: Session) -> list[str]:
        """What is lost or there twice: of each deed at most the last was done without an answer."""
        found = list(self.wrong)
        for trio in self.trios:
            for deed, there in counts_of(session, trio).items():
                acknowledged = self.done[trio.placement_id, deed]
                if not acknowledged <= there <= acknowledged + 1:
                    found.append(f"placement {trio.placement_id}, {deed}: {acknowledged} acknowledged, {there} there")
        return found + [
            f"signature {one.id} has other content than was signed"
            for one in session.scalars(select(Signature).options(joinedload(Signature.signed)))
            if digest_of(one.signed.content) != one.digest
        ]


def form_on(page: str, action: str) -> SentForm:
    """The form of a page that is posted there, as it stands."""
    return next(form for form in Page(action, page).forms if (form.action, form.method) == (action, "post"))


def counts_of(session: Session, trio: Trio) -> dict[str, int]:
    """How often each deed is there."""
    entries = select(HoursEntry.id).where(HoursEntry.placement_id == trio.placement_id)
    agreement = select(LearningAgreement.id).where(LearningAgreement.placement_id == trio.placement_id)
    found = {LOGGED: count(session, entries)}
    moved = ((entries, HoursEntry, (SUBMIT, VERIFY)), (agreement, LearningAgreement, (GAVE, TOOK_BACK)))
    for records, kind, deeds in moved:
        moves = select(StateChange.deed).where(
            StateChange.subject_type == kind.__name__, StateChange.subject_id.in_(records)
        )
        found |= {deed: count(session, moves.where(StateChange.deed == deed)) for deed in deeds}
    signatures = select(Signature.id).where(
        Signature.subject_type == LearningAgreement.__name__, Signature.subject_id.in_(agreement)
    )
    return found | {SIGNED: count(session, signatures)}


def count(session: Session, rows: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0
