"""What a list of agreed pairs would do, line by line; the same rules as on the page, and nothing is written."""

import enum
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.language.dates_and_times import day_of
from app.language.refusal import Refused
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Pin, PinKind
from app.models.studies import Opening, Study
from app.models.values.typed import compact
from app.rounds.inputs import Inputs, inputs_among, requests_in
from app.rounds.openings import openings_of
from app.rounds.pins.lists.reading import Line, lines_of, reason_in
from app.rounds.pins.service import Why, pin_of_pairing, pins_that_hold


class Outcome(enum.Enum):
    """What a line comes to."""

    NEW = "would be pinned"
    KNOWN = "pinned already"
    REFUSED = "cannot be pinned"


@dataclass(frozen=True, slots=True)
class Told:
    """A line with what it comes to: the pin that it would make, or why there is none."""

    line: Line
    outcome: Outcome
    why: str = ""
    pin: Pin | None = None

    @property
    def pair(self) -> tuple[int, ...]:
        """Whom it would pin to which opening."""
        return (self.pin.request.id, self.pin.opening.id) if self.pin else ()


@dataclass(frozen=True)
class Trial:
    """All lines of a file."""

    told: Sequence[Told] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[Told]:
        return [one for one in self.told if one.outcome is outcome]

    @property
    def digest(self) -> str:
        """What the form carries, so that what is done is what was shown: each line, and what it comes to."""
        said = [(*astuple(one.line), one.outcome.value, *one.pair) for one in self.told]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


class Finder:
    """Whom the lines of a file mean, found for all of them at once."""

    def __init__(self, session: Session, round_: MatchRound, lines: Sequence[Line], now: datetime) -> None:
        day = day_of(now)
        learners, mentors = ({getattr(line, of).lower() for line in lines} for of in ("learner", "mentor"))
        wanted = requests_in(round_, day).where(func.lower(Person.email).in_(learners))
        request_ids = list(session.scalars(wanted.with_only_columns(PlacementRequest.id)))
        offered = openings_of(round_).where(func.lower(Person.email).in_(mentors))
        opening_ids = list(session.scalars(offered.with_only_columns(Opening.id)))
        self.inputs: Inputs = inputs_among(session, round_, day, request_ids, opening_ids)
        studies = {opening.study_id for opening in self.inputs.openings}
        identified = select(Study).where(Study.id.in_(studies)).options(selectinload(Study.identifiers))
        session.scalars(identified).all()

    def request_of(self, line: Line) -> PlacementRequest:
        found = [one for one in self.inputs.requests if one.learner.email.lower() == line.learner.lower()]
        if not found:
            raise Refused("No learner with this address looks for a place in this round.")
        if len(found) > 1:
            raise Refused("This learner has several requests in this round: pin the right one on its page.")
        return found[0]

    def opening_of(self, line: Line) -> Opening:
        hers = [one for one in self.inputs.openings if one.mentor.email.lower() == line.mentor.lower()]
        if not hers:
            raise Refused("No mentor with this address has an opening in this round.")
        meant = [one for one in hers if is_meant(one, line.study)]
        if not meant:
            raise Refused(f"This mentor has no opening on “{line.study}” in this round.")
        if len(meant) > 1:
            raise Refused("This mentor has several openings in this round: name the study by its registry number.")
        return meant[0]


def is_meant(opening: Opening, study: str) -> bool:
    """True where the line names the opening or a number of its study, or names none."""
    named = re.fullmatch(r"opening\s*([0-9]{1,9})", study, re.IGNORECASE)
    if named:
        return opening.id == int(named[1])
    number = compact(study)
    numbers = {compact(text) for one in opening.study.identifiers for text in (one.value, one.scheme.value + one.value)}
    return not number or number in numbers


def trial_of(
    session: Session,
    actor: Person,
    round_: MatchRound,
    content: bytes,
    needs_evidence: Callable[[PinKind], bool],
    now: datetime,
) -> Trial:
    """What each line would do after those before it; raises Refused when the file cannot be read as a whole."""
    lines = lines_of(content)
    finder, holding = Finder(session, round_, lines, now), pins_that_hold(session, round_)
    told = []
    for line in lines:
        told.append(one := told_of(actor, round_, finder, holding, line, needs_evidence, now))
        holding += [one.pin] if one.pin else []
    return Trial(told)


def told_of(
    actor: Person,
    round_: MatchRound,
    finder: Finder,
    holding: Sequence[Pin],
    line: Line,
    needs_evidence: Callable[[PinKind], bool],
    now: datetime,
) -> Told:
    """What one line would do beside the pins that hold."""
    try:
        request, opening = finder.request_of(line), finder.opening_of(line)
        kind, circumstance = reason_in(line)
        if any((pin.request.id, pin.opening.id) == (request.id, opening.id) for pin in holding):
            return Told(line, Outcome.KNOWN)
        why = Why(kind, line.reason, circumstance, needs_evidence(kind))
        pin = pin_of_pairing(actor, now, round_, finder.inputs, holding, request, opening.id, why, is_sure=False)
    except Refused as refusal:
        return Told(line, Outcome.REFUSED, refusal.message.removesuffix(TICK).strip())
    return Told(line, Outcome.NEW, pin=pin)


TICK = "If it is right as it is, tick the box and send it again."
