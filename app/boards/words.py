"""The list of a board in words: what is in the way, what changed since it was prepared, and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.boards.lists import InTheWay, ReadLine
from app.language.dates_and_times import day_in_words
from app.models.programmes import CreditDecision, CreditOutcome
from app.phrasebook.of_programmes.credit import (
    TIES,
    SaidThin,
    decision_in_words,
    evidence_in_words,
    kept_thin_in_words,
    outcome_in_words,
    said_thin,
    thin_in_words,
)
from app.rules.credit.conflicts import Tie
from app.rules.credit.thin import thin_from

IN_THE_WAY = {
    InTheWay.NOTHING_LISTED: "Nobody is on the list yet. Put learners on it.",
    InTheWay.NO_MEMBERS: "Nobody sits on the board yet. Say who does.",
    InTheWay.NOT_YET: "The board has not met yet: what it decides can be recorded from that day on.",
    InTheWay.NO_OUTCOME: "No outcome is proposed yet.",
    InTheWay.CHANGED: "Something changed since it was prepared. Look at it, and save the proposal again.",
    InTheWay.RECORDED: "Just this is recorded already, of the same day. Take it off the list.",
    InTheWay.TOO_SOON: "The day that is proposed is not after the day on which the board meets. Propose a later one.",
    InTheWay.TOO_MANY: "With what is proposed the learner would have more credits than a level has.",
    InTheWay.RECOGNISED: "The credits of this module are recognised as prior learning, and count once.",
    InTheWay.BEFORE_ENROLMENT: "The board meets before the day on which the learner enrolled.",
    InTheWay.NOBODY_LEFT: "Every member steps out of this line. Add a member to the board who does not.",
    InTheWay.IS_YOU: "It is about you, so a colleague who leads programmes prepares it and records this list.",
    InTheWay.YOU_STEP_OUT: "You mentor the learner, so a colleague who leads programmes records this list.",
}


@dataclass(frozen=True)
class SaidLine:
    """A line as its page shows it; `changed` are the sentences about what changed since it was prepared."""

    line_id: int
    enrolment_id: int
    name: str
    programme: str
    module: str
    credits: int
    outcome: str
    words: str
    reason: str
    missing: Sequence[SaidThin]
    evidence: Sequence[str]
    steps_out: Sequence[str]
    in_the_way: Sequence[str]
    changed: Sequence[str]
    since: Sequence[str] = ()
    is_for_colleagues: bool = False


def said_line(one: ReadLine) -> SaidLine:
    """A line of a list that is prepared."""
    line = one.line
    return SaidLine(
        line.id,
        line.enrolment_id,
        one.learner.name,
        line.enrolment.programme.title,
        line.module.title,
        line.module.credits,
        outcome_in_words(line.outcome, line.until_on) if line.outcome else "",
        line.words,
        line.reason,
        said_thin(one.on_record),
        evidence_in_words(one.on_record.evidence),
        [f"{member.name} {TIES[tie]}" for member, tie in one.steps_out],
        [IN_THE_WAY[fact] for fact in one.in_the_way],
        changed_since(one) if InTheWay.CHANGED in one.in_the_way else (),
        is_for_colleagues=one.is_for_colleagues,
    )


def changed_since(one: ReadLine) -> list[str]:
    """What was missing when it was prepared and is not now, the other way round, and what was decided meanwhile."""
    before, now = one.line.basis, one.basis
    was, is_now = thin_from(before["thin"]), thin_from(now["thin"])
    found = [f"Missing now: {thin_in_words(fact)}" for fact in is_now if fact not in was]
    found += [f"No longer so: {thin_in_words(fact)}" for fact in was if fact not in is_now]
    if before["decision"] != now["decision"]:
        found.append(decided_meanwhile(one.standing))
    if before["evidence"] != now["evidence"] and not found:
        found.append("What can be considered is not the same as then.")
    return found


def decided_meanwhile(standing: CreditDecision | None) -> str:
    if standing is None:
        return "What was decided before about the module does not count any more."
    return f"Decided on {day_in_words(standing.decided_on)}: {decision_in_words(standing)}."


def said_as_decided(one: Mapping[str, Any], decisions: Sequence[CreditDecision]) -> SaidLine:
    """A line of a list that was decided, from what was frozen; beside it what came later about the same module."""
    until_on = date.fromisoformat(one["until_on"]) if one["until_on"] else None
    return SaidLine(
        one["line"],
        one["enrolment"],
        one["learner"]["name"],
        one["programme"],
        one["module"]["title"],
        one["module"]["credits"],
        outcome_in_words(CreditOutcome(one["outcome"]), until_on),
        one["words"],
        one["reason"],
        [SaidThin(words) for words in kept_thin_in_words(one["missing"])],
        evidence_in_words(one["evidence"]),
        [f"{member['name']} {TIES[Tie[member['tie']]]}" for member in one["stepped_out"]],
        (),
        (),
        since_then(one["decision"], decisions),
    )


def since_then(decision_id: int, decisions: Sequence[CreditDecision]) -> list[str]:
    """That the decision became void, and what was decided after it."""
    found = []
    for one in decisions:
        if one.id == decision_id and one.void:
            found.append(f"Void since {day_in_words(one.void.at)}: {one.void.reason}")
        if one.id > decision_id:
            void = ", void by now" if one.void else ""
            by_board = f", {one.board_reference}" if one.board_reference else ""
            found.append(f"{day_in_words(one.decided_on)}: {decision_in_words(one)}{by_board}{void}")
    return found
