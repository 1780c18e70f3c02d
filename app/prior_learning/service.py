"""A learner’s deeds with claims of prior learning: writing, naming sources, sending, withdrawing, appealing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, day_of
from app.language.refusal import Overtaken, Refused
from app.models.academic.prior_learning import (
    TO_WRITE,
    ClaimState,
    PriorLearningClaim,
    PriorSource,
    PriorSourceFile,
    SourceKind,
)
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.people import Person
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, Enrolment, Module, PriorLearning
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.prior_learning import telling
from app.prior_learning.moves import APPEAL, CLAIMS, LEAVE_PARTLY, LEAVE_REFUSED, SEND, WITHDRAW
from app.prior_learning.queries import number_of_claims, open_claims_of
from app.rules.credit.held import Held, held_of
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.prior_learning.said import Said, said_by
from app.rules.prior_learning.same import key_of

CLAIMS_MAX, SOURCES_MAX = 30, 20


@dataclass(frozen=True)
class Written:
    """What a claim asks: a whole module, or so many credits of the level; and how the learning meets it."""

    module: Module | None
    credits: int
    words: str


@dataclass(frozen=True)
class NewSource:
    """One thing learnt before, as its form says; a file is kept on the disk already."""

    kind: SourceKind
    title: str
    body: str
    level: int | None
    credits: int
    finished_on: date
    words: str
    link: str
    form_key: str
    file: PriorSourceFile | None = None
    credit_decision: CreditDecision | None = None
    record: RecordOfElsewhere | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.title, self.body, self.words, self.link, self.file.name if self.file else "")


def begin(
    session: Session, by: Occasion, enrolment: Enrolment, written: Written, *, is_sure: bool
) -> PriorLearningClaim:
    """Begin a claim, which nobody else sees before it is sent; raises Refused where it could never be granted."""
    hold_enrolment(session, enrolment)
    check_open(enrolment, by.today)
    ask_about(doubts_about_text((written.words,), by.today), is_sure)
    if number_of_claims(session, enrolment) >= CLAIMS_MAX:
        raise Refused("There are many claims of this programme already. Speak with your programme lead.")
    claim = PriorLearningClaim(
        enrolment=enrolment,
        module=written.module,
        credits=credits_asked(session, enrolment, written),
        words=written.words.strip(),
        state=ClaimState.DRAFT,
        made_at=by.now,
    )
    session.add(claim)
    record(session, by.actor, "began a claim of prior learning", claim, now=by.now, name=name_of(by))
    return claim


def change(session: Session, by: Occasion, claim: PriorLearningClaim, written: Written, *, is_sure: bool) -> None:
    """Say something else before it is sent; raises Overtaken where it was sent meanwhile."""
    hold_claim(session, claim)
    check_to_write(claim, by.today)
    ask_about(doubts_about_text((written.words,), by.today), is_sure)
    claim.credits = credits_asked(session, claim.enrolment, written, claim)
    claim.module, claim.words = written.module, written.words.strip()
    record(session, by.actor, "changed a claim of prior learning", claim, now=by.now, name=name_of(by))


def credits_asked(
    session: Session, enrolment: Enrolment, written: Written, claim: PriorLearningClaim | None = None
) -> int:
    """All credits of the module that can still be recognised, or the amount; raises Refused for what cannot be."""
    held = held_of(session, [enrolment])[enrolment.id]
    others = [one for one in open_claims_of(session, enrolment) if claim is None or one.id != claim.id]
    if written.module is not None:
        check_module(written.module, enrolment, held, others)
        return held.to_earn(written.module)
    if said_of(session, enrolment).is_whole_modules:
        raise Refused("Your university recognises whole modules only. Choose the module.", "module")
    left = CREDITS_A_LEVEL - held.total
    if not 1 <= written.credits <= left:
        raise Refused(f"Enter between 1 and {left} credits: that is what you do not have of this level.", "credits")
    return written.credits


def check_module(module: Module, enrolment: Enrolment, held: Held, others: Sequence[PriorLearningClaim]) -> None:
    if module not in enrolment.modules:
        raise Refused("That module is not part of your programme. Choose another.", "module")
    if held.decided.get(module.id) or held.is_exempt(module):
        raise Refused("You have the credits of that module already. Choose another.", "module")
    if any(one.module_id == module.id for one in others):
        raise Refused("Another claim of yours is for that module. Change or withdraw that one.", "module")


def add_source(
    session: Session, by: Occasion, claim: PriorLearningClaim, new: NewSource, *, is_sure: bool
) -> PriorSource:
    """Name one thing learnt before, once; raises Refused for what cannot be, or may not be without a tick."""
    hold_claim(session, claim)
    known = session.scalar(select(PriorSource).where(PriorSource.form_key == new.form_key))
    if known is not None and known.claim_id == claim.id:
        return known
    check_to_write(claim, by.today)
    if new.finished_on > by.today:
        raise Refused("The day must be today or in the past.", "finished_on")
    if len(claim.sources) >= SOURCES_MAX:
        raise Refused(f"A claim rests on {SOURCES_MAX} sources at the most. Take one out first.")
    key = key_of(new.title, new.body)
    if any(one.key == key for one in claim.sources):
        raise Refused("This claim names that learning already. Take it out there to enter it anew.", "title")
    ask_about(doubts_about_text(new.texts, by.today), is_sure)
    source = PriorSource(
        claim=claim,
        kind=new.kind,
        title=new.title.strip(),
        body=new.body.strip(),
        level=new.level,
        credits=new.credits,
        finished_on=new.finished_on,
        words=new.words.strip(),
        link=new.link,
        key=key,
        credit_decision=new.credit_decision,
        record=new.record,
        added_at=by.now,
        form_key=new.form_key,
        file=new.file,
    )
    session.add(source)
    details = {"claim": claim.id, "kind": new.kind.value}
    record(session, by.actor, "named prior learning", source, now=by.now, name=name_of(by), **details)
    return source


def take_out(session: Session, by: Occasion, source: PriorSource) -> None:
    """Take a source out of a claim that is being written; it stays as history, and its file goes in a day."""
    hold_claim(session, source.claim)
    check_to_write(source.claim, by.today)
    if source.removed_at is None:
        source.removed_at = by.now
        record(session, by.actor, "took prior learning out of a claim", source, now=by.now, name=name_of(by))


def send(session: Session, by: Occasion, claim: PriorLearningClaim) -> None:
    """Send a claim to the university; raises Refused while it names nothing, or can no longer be granted."""
    learner = actor_of(by)
    hold_claim(session, claim)
    check_open(claim.enrolment, by.today)
    CLAIMS.check(SEND, claim.state, Party.LEARNER)
    if not claim.sources:
        raise Refused("Name at least one thing that you have learnt before.")
    claim.credits = credits_asked(session, claim.enrolment, Written(claim.module, claim.credits, claim.words), claim)
    CLAIMS.move(session, claim, SEND, Party.LEARNER, learner, by.now, name=learner.name)
    claim.revision, claim.sent_at = claim.revision + 1, by.now
    telling.tell_sent(session, by, claim, learner)


def withdraw(session: Session, by: Occasion, claim: PriorLearningClaim) -> None:
    """Take a claim back before it is decided; another can be made."""
    learner = actor_of(by)
    hold_claim(session, claim)
    CLAIMS.move(session, claim, WITHDRAW, Party.LEARNER, learner, by.now, name=learner.name)


def appeal(session: Session, by: Occasion, claim: PriorLearningClaim, reason: str, *, is_sure: bool) -> None:
    """Have somebody else decide, once, until the last day; what was granted counts meanwhile."""
    learner = actor_of(by)
    hold_claim(session, claim)
    CLAIMS.check(APPEAL, claim.state, Party.LEARNER, reason)
    check_appeal(claim, said_of(session, claim.enrolment), by.today)
    ask_about(doubts_about_text((reason,), by.today), is_sure)
    CLAIMS.move(session, claim, APPEAL, Party.LEARNER, learner, by.now, reason=reason, name=learner.name)
    claim.appealed_at = by.now
    telling.tell_appealed(session, by, claim, learner)


def take_appeal_back(session: Session, by: Occasion, claim: PriorLearningClaim) -> None:
    """Let the decision stand; there is no other appeal."""
    learner = actor_of(by)
    hold_claim(session, claim)
    has_part = bool(claim.decision and claim.decision.credits)
    deed = LEAVE_PARTLY if has_part else LEAVE_REFUSED
    CLAIMS.move(session, claim, deed, Party.LEARNER, learner, by.now, name=learner.name)


def check_appeal(claim: PriorLearningClaim, said: Said, today: date) -> None:
    if claim.appealed_at is not None:
        raise Refused("You have appealed once, and what was decided then is final here.")
    last = last_day_to_appeal(claim, said)
    if last is not None and today > last:
        raise Refused(f"You could appeal until {day_in_words(last)}. Speak with your programme lead.")


def last_day_to_appeal(claim: PriorLearningClaim, said: Said) -> date | None:
    """None where nothing was decided, or the university has not said how long one can."""
    if claim.decision is None or said.appeal_days is None:
        return None
    return day_of(claim.decision.recorded_at) + timedelta(days=said.appeal_days)


def may_appeal(claim: PriorLearningClaim, said: Said, today: date) -> bool:
    """Whether a page offers it."""
    if not CLAIMS.can(APPEAL, claim.state, Party.LEARNER):
        return False
    try:
        check_appeal(claim, said, today)
    except Refused:
        return False
    return True


def said_of(session: Session, enrolment: Enrolment) -> Said:
    return said_by(session, enrolment.programme.provider, enrolment.programme.level)


def check_open(enrolment: Enrolment, today: date) -> None:
    """Refuse where she is not on the programme any more, or it recognises nothing."""
    if enrolment.ended_on is not None and enrolment.ended_on < today:
        raise Refused("You are no longer on this programme, so nothing can be claimed for it.")
    if not is_possible(enrolment):
        raise Refused("Your university does not recognise prior learning on this programme.")


def is_possible(enrolment: Enrolment) -> bool:
    return enrolment.version is None or enrolment.version.prior_learning is not PriorLearning.NOT_POSSIBLE


def check_to_write(claim: PriorLearningClaim, today: date) -> None:
    if claim.state not in TO_WRITE:
        raise Overtaken(f"This claim is {claim.state.value} by now, so it stays as it is.")
    check_open(claim.enrolment, today)


def hold_enrolment(session: Session, enrolment: Enrolment) -> None:
    """Let whoever begins a claim of the same enrolment wait."""
    session.execute(select(Enrolment.id).where(Enrolment.id == enrolment.id).with_for_update())


def hold_claim(session: Session, claim: PriorLearningClaim) -> None:
    """Let whoever does something to the claim wait, and read how it stands by now, and what was decided."""
    session.refresh(claim, ["state", "revision", "appealed_at"], with_for_update=True)
    session.expire(claim, ["decisions"])


def actor_of(by: Occasion) -> Person:
    assert by.actor is not None
    return by.actor


def name_of(by: Occasion) -> str:
    return actor_of(by).name
