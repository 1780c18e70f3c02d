"""How each learner of a university stands: credits, hours, sessions, placement and what is at risk."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import CREDITS_A_LEVEL, Enrolment, ModuleKind
from app.progress.credit import Held, held_of
from app.progress.queries import enrolments_with_ids, placements_by_enrolment
from app.rules.enrolments.standing import Standing, Way, steps_of, way_of
from app.rules.record_totals import Summary, combined, summaries


@dataclass(frozen=True, slots=True)
class LearnerStanding:
    """One learner on one programme; `placements` are oldest first and may be none, `way` is hers through it."""

    enrolment: Enrolment
    learner: Person
    placements: Sequence[Placement]
    summary: Summary
    held: Held
    risks: Sequence[str]
    way: Way

    def is_enrolled_on(self, day: date) -> bool:
        """False where it has yet to begin, has ended, or she has stepped out: what a list says beside her name."""
        return self.way.on(day) is Standing.ENROLLED

    @property
    def placement(self) -> Placement | None:
        """The latest placement, which is the one that runs if any does."""
        return self.placements[-1] if self.placements else None

    @property
    def module_hours(self) -> int:
        """The hours expected of the RPE module; 0 where the programme has none, or all of it is recognised."""
        return next((self.held.hours_expected(m) for m in self.enrolment.modules if m.kind is ModuleKind.RPE), 0)

    @property
    def credits(self) -> int:
        """Decided and recognised."""
        return self.held.total

    @property
    def level_credits(self) -> int:
        return CREDITS_A_LEVEL

    def placement_state(self, today: date) -> str:
        """Where the placement stands, in words for a tag."""
        if self.placement is None:
            return "none yet"
        return self.placement.standing_on(today)


def in_order(ids: Sequence[int], at_risk: Collection[int], *, only_at_risk: bool = False) -> list[int]:
    """The enrolments of a list, which come by name: those at risk first."""
    first = [id_ for id_ in ids if id_ in at_risk]
    return first if only_at_risk else [*first, *(id_ for id_ in ids if id_ not in at_risk)]


def standings_with_ids(
    session: Session, person: Person, ids: Sequence[int], reasons: Mapping[int, Sequence[str]]
) -> list[LearnerStanding]:
    """The standing of those of these enrolments that are at the person's universities, in the order of the ids.

    `reasons` say why enrolments are at risk: whoever asks for a list has read them for all of it.
    """
    return standings_of(session, enrolments_with_ids(session, person, ids), reasons)


def standings_of(
    session: Session, enrolled: Sequence[tuple[Enrolment, Person]], reasons: Mapping[int, Sequence[str]]
) -> list[LearnerStanding]:
    """The standing of each enrolment, in the order given; the number of queries does not grow."""
    placements = placements_by_enrolment(session, (enrolment for enrolment, _ in enrolled))
    sums = summaries(session, [one.id for several in placements.values() for one in several])
    held = held_of(session, [enrolment for enrolment, _ in enrolled])
    steps = steps_of(session, [enrolment.id for enrolment, _ in enrolled])
    return [
        standing_of(
            enrolment,
            learner,
            placements.get(enrolment.id, []),
            sums,
            held[enrolment.id],
            reasons.get(enrolment.id, ()),
            way_of(enrolment, steps[enrolment.id]),
        )
        for enrolment, learner in enrolled
    ]


def standing_of(
    enrolment: Enrolment,
    learner: Person,
    placements: Sequence[Placement],
    sums: Mapping[int, Summary],
    held: Held,
    reasons: Sequence[str],
    way: Way,
) -> LearnerStanding:
    """Hours count for the module wherever they were logged."""
    summary = combined(sums[placement.id] for placement in placements)
    return LearnerStanding(enrolment, learner, placements, summary, held, reasons, way)
