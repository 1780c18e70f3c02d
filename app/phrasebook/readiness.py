"""What a placement needs before it starts, in words: what each need is, who does it, and what its lack means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.language.dates_and_times import day_in_words, day_of
from app.language.numbers import count, listed
from app.models.course.readiness import Need, NeedKind
from app.models.people import LearnerProfile, Role
from app.models.placements import Placement
from app.models.values.access_papers import Employment, Paper
from app.rules.readiness.lists import Line, lines_of
from app.rules.readiness.missing import Lack, Lapse, day_that_matters, missing_on
from app.rules.readiness.parts import CHECKS, Parts, can_check, doer_of


@dataclass(frozen=True, slots=True)
class Told:
    """Its name where it stands in a list, within a sentence, and what its owner does."""

    name: str
    within: str
    task: str


NEEDS: Mapping[NeedKind, Told] = {
    NeedKind.ACCESS: Told(
        "Access paper",
        "the access paper",
        "Ask the research office of the organisation where the study runs. It often takes weeks.",
    ),
    NeedKind.RELEASE: Told(
        "Employer’s release",
        "the employer’s release",
        "Agree with your employer, in writing, that you have the time for the placement.",
    ),
    NeedKind.GCP: Told(
        "Training in good clinical practice (GCP)",
        "training in good clinical practice",
        "Do the training, and enter the day on the certificate.",
    ),
    NeedKind.DELEGATION: Told(
        "Delegation log",
        "the delegation log",
        "The study’s principal investigator names the learner, role and tasks, and signs, before the first task.",
    ),
}

PAPERS: Mapping[Paper, str] = {
    Paper.NOTHING: "No paper is needed: the learner works for the organisation where the study runs.",
    Paper.LETTER_BY_PROFORMA: "A letter of access. The employer confirms its checks on the NHS-to-NHS proforma.",
    Paper.LETTER_BY_PASSPORT: "A letter of access, asked for with a Research Passport.",
    Paper.CONTRACT_BY_PASSPORT: "An honorary research contract, asked for with a Research Passport.",
}
NO_PAPER_YET = (
    "Which paper it is depends on who employs the learner, and on the work. The mentor or a coordinator says."
)

EMPLOYMENTS: Mapping[Employment, str] = {one: one.value[:1].upper() + one.value[1:] for one in Employment}

# What the first day of each is called, and the last one; empty where it follows from the first, or where there is none.
FIRST_DAY = {
    NeedKind.ACCESS: "First day on which it counts",
    NeedKind.RELEASE: "First day of the release",
    NeedKind.GCP: "Day of the training, as on the certificate",
    NeedKind.DELEGATION: "Day on which the principal investigator signed",
}
LAST_DAY = {
    NeedKind.ACCESS: "Last day on which it counts (optional)",
    NeedKind.RELEASE: "Last day of the release (optional)",
    NeedKind.GCP: "",
    NeedKind.DELEGATION: "",
}


def names_of(kinds: Sequence[NeedKind]) -> str:
    """the access paper and the delegation log"""
    return listed([NEEDS[kind].within for kind in kinds])


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One need in a list: its name, the word for its tag, and who does what by when."""

    need_id: int
    name: str
    state: str
    hint: str


@dataclass(frozen=True, slots=True)
class SaidList:
    """What a placement needs, with the sentence above it; without lines where it was agreed before there were any."""

    placement_id: int
    headline: str
    lines: tuple[SaidLine, ...]
    is_ready: bool


def said_list(needs: Sequence[Need], parts: Parts, placement: Placement, today: date) -> SaidList:
    """The list as said to somebody who is these parts of the placement."""
    day = day_that_matters(placement, today)
    missing = missing_on(needs, day)
    said = tuple(SaidLine(one.need.id, NEEDS[one.need.kind].name, state_of(one.need, day), hint_of(one, parts))
                 for one in lines_of(needs, parts, day))  # fmt: skip
    return SaidList(placement.id, headline(missing, placement, today), said, not missing)


def headline(missing: Sequence[NeedKind], placement: Placement, today: date) -> str:
    starts = day_in_words(placement.starts_on)
    if today > placement.ends_on:
        return "The placement is over. What was missing can still be entered, so that what happened can be logged."
    if not missing:
        verb = "can start" if today < placement.starts_on else "can go on"
        return f"Everything is in place: work in the study {verb}{f' on {starts}' if verb == 'can start' else ''}."
    number = count(len(missing), "thing is missing", "things are missing")
    if today < placement.starts_on:
        return f"It starts on {starts}, and {number}."
    return f"Work in the study cannot start or go on: {number}."


def hint_of(line: Line, parts: Parts) -> str:
    """Who does what by when, or until when it holds."""
    need = line.need
    if not need.is_needed:
        return ""
    if line.holds:
        return f"Until {day_in_words(line.runs_out_on)}, before the placement ends." if line.runs_out_on else ""
    if line.waiting:
        who = "You check" if can_check(need.kind, parts) else f"{checkers(need.kind).capitalize()} checks"
        return f"{who} what was entered on {day_in_words(day_of(line.waiting.entered_at))}."
    who = doer_in_words(need, parts)
    what = " says which paper it is" if need.is_undecided and who != "you" else ""
    what = (
        " say which paper it is"
        if need.is_undecided and who == "you"
        else what or (" see to it" if who == "you" else " sees to it")
    )
    return f"{who.capitalize()}{what}, by {day_in_words(need.due_on)}."


def doer_in_words(need: Need, parts: Parts) -> str:
    doer = doer_of(need)
    return "you" if doer in parts else f"the {doer.value}"


def checkers(kind: NeedKind) -> str:
    return "the mentor or a coordinator" if Role.MENTOR in CHECKS[kind] else "a coordinator"


def state_of(need: Need, day: date) -> str:
    """Where a need stands on a day, as a word for its tag."""
    if not need.is_needed:
        return "not needed"
    if any(one.span.has(day) for one in need.covers if one.counts and not one.is_exception):
        return "in place"
    if need.exception_on(day):
        return "exception"
    if need.waiting:
        return "to be checked"
    if any(span.last < day for span in need.spans):
        return "lapsed"
    return "missing"


def cannot_start(placement_starts_on: date, lack: Lack, today: date) -> str:
    """What is missing, for whoever looks after the placement."""
    missing = names_of(lack.missing)
    if today < placement_starts_on:
        number = count(len(lack.missing), "thing is missing", "things are missing")
        return f"It starts on {day_in_words(placement_starts_on)} and {number}: {missing}."
    return f"Work in the study cannot start or go on: {missing} {is_are(lack.missing)} missing."


def is_are(kinds: Sequence[NeedKind]) -> str:
    return "is" if len(kinds) == 1 else "are"


def runs_out(lapse: Lapse) -> str:
    last = day_in_words(lapse.last_day)
    if lapse.is_exception:
        return f"The exception for {NEEDS[lapse.kind].within} ends on {last}, before the placement does."
    name = NEEDS[lapse.kind].within
    return f"{name[:1].upper()}{name[1:]} lapses on {last}, before the placement ends."


def cannot_work(kinds: Sequence[NeedKind], day: date) -> str:
    """Why hours in the workplace of a day are refused."""
    name = names_of(kinds)
    return (
        f"On {day_in_words(day)} work in the study could not start or go on: {name} {was_were(kinds)} not in place. "
        "The list “Before it starts” of your placement says who does what. Other kinds of learning can be logged."
    )


def was_were(kinds: Sequence[NeedKind]) -> str:
    return "was" if len(kinds) == 1 else "were"


def only_observed(day: date) -> str:
    """What is asked about hours of a day on which nothing but the delegation log was missing."""
    return (
        f"The delegation log did not name you on {day_in_words(day)}. Until it does you may observe, and do no task of "
        "the study. Log this only if you observed."
    )


def employer_of(profile: LearnerProfile | None) -> str:
    """The employer as the learner's profile has it."""
    if profile is None:
        return "Not said"
    return profile.employer.name if profile.employer else profile.employer_name or "Not said"
