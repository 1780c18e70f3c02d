"""Adds up the record of placements: what counts in each category, and when they last met."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.models.academic.prior_learning import CreditUse, PriorLearningClaim
from app.models.hours import COUNTING, HoursCategory, HoursEntry, HoursState
from app.models.placements import Placement
from app.models.programmes import Module
from app.models.supervision import SupervisionSession
from app.rules.workplace_hours import Band, Workplace, band_left

# Without a session for a month the mentor is reminded; after two months the university sees it (DOMAIN.md, H12).
REMIND_AFTER = timedelta(days=30)
OVERDUE_AFTER = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Summary:
    """What counts of one placement's record; minutes by category, and the sessions that are not withdrawn.

    A confirmed session counts once, as supervision; so does each hours entry in its own category, from when it is
    submitted. What was withdrawn, and a session that waits for its learner, never counts. `verified` is the part of it
    to which both have put their names; `drafts` are on the record and count no more than as logged: what was not
    submitted yet, or was returned. `recognised` are the credits of its module that are recognised as prior learning.
    """

    minutes: Mapping[HoursCategory, int] = field(default_factory=lambda: dict.fromkeys(HoursCategory, 0))
    last_session_on: date | None = None
    waiting_sessions: int = 0
    verified: Mapping[HoursCategory, int] = field(default_factory=lambda: dict.fromkeys(HoursCategory, 0))
    drafts: Mapping[HoursCategory, int] = field(default_factory=lambda: dict.fromkeys(HoursCategory, 0))
    recognised: int = 0

    @property
    def total_minutes(self) -> int:
        return sum(self.minutes.values())

    @property
    def verified_minutes(self) -> int:
        return sum(self.verified.values())

    @property
    def draft_minutes(self) -> int:
        return sum(self.drafts.values())

    @property
    def workplace_minutes(self) -> int:
        return self.minutes[HoursCategory.WORKPLACE]

    @property
    def verified_workplace_minutes(self) -> int:
        return self.verified[HoursCategory.WORKPLACE]


def summaries(session: Session, placement_ids: Iterable[int]) -> dict[int, Summary]:
    """The summary of each placement, in two queries however many there are."""
    ids = list(placement_ids)
    minutes, verified, drafts = ({id_: dict.fromkeys(HoursCategory, 0) for id_ in ids} for _ in range(3))
    for placement_id, category, state, total in session.execute(
        select(HoursEntry.placement_id, HoursEntry.category, HoursEntry.state, func.sum(HoursEntry.minutes))
        .where(HoursEntry.placement_id.in_(ids), HoursEntry.withdrawn_at.is_(None))
        .group_by(HoursEntry.placement_id, HoursEntry.category, HoursEntry.state)
    ):
        (minutes if state in COUNTING else drafts)[placement_id][category] += total
        if state is HoursState.VERIFIED:
            verified[placement_id][category] += total
    met: dict[int, tuple[date | None, int]] = {}
    is_confirmed = SupervisionSession.confirmed_at.is_not(None)
    for placement_id, confirmed, last, waiting in session.execute(
        select(
            SupervisionSession.placement_id,
            func.sum(case((is_confirmed, SupervisionSession.minutes), else_=0)),
            func.max(SupervisionSession.held_on),
            func.sum(case((is_confirmed, 0), else_=1)),
        )
        .where(SupervisionSession.placement_id.in_(ids), SupervisionSession.withdrawn_at.is_(None))
        .group_by(SupervisionSession.placement_id)
    ):
        minutes[placement_id][HoursCategory.SUPERVISION] += confirmed
        verified[placement_id][HoursCategory.SUPERVISION] += confirmed
        met[placement_id] = (last, waiting)
    found = {}
    for id_ in ids:
        last, waiting = met.get(id_, (None, 0))
        found[id_] = Summary(minutes[id_], last, waiting, verified[id_], drafts[id_])
    return found


def summary_of(session: Session, placement: Placement) -> Summary:
    return summaries(session, [placement.id])[placement.id]


def summaries_with_earlier(session: Session, placements: Iterable[Placement]) -> dict[int, Summary]:
    """The summary of each placement together with the parts that it continues; when they last met is its own.

    These alone say what of the module is recognised.
    """
    wanted = list(placements)
    earlier = earlier_parts(session, wanted)
    sums = summaries(session, {*(one.id for one in wanted), *(id_ for ids in earlier.values() for id_ in ids)})
    recognised = recognised_of(session, [one.id for one in wanted])
    return {
        one.id: replace(
            combined(sums[id_] for id_ in (one.id, *earlier[one.id])),
            last_session_on=sums[one.id].last_session_on,
            recognised=recognised.get(one.id, 0),
        )
        for one in wanted
    }


def recognised_of(session: Session, placement_ids: Collection[int]) -> dict[int, int]:
    """The recognised credits of the module of each of these placements that has any; one query."""
    rows = session.execute(
        select(Placement.id, CreditUse.recognised_for(Placement.learner_id, Placement.module_id)).where(
            Placement.id.in_(placement_ids), Placement.module_id.in_(select(PriorLearningClaim.module_id))
        )
    )
    return {id_: int(number) for id_, number in rows if number}


def earlier_parts(session: Session, placements: Sequence[Placement]) -> dict[int, list[int]]:
    """The ids of the placements that each of these continues, the latest first; one query at most."""
    going_on = [one for one in placements if one.continues_id is not None]
    before = dict(
        session.execute(
            select(Placement.id, Placement.continues_id).where(
                Placement.learner_id.in_({one.learner_id for one in going_on})
            )
        ).all()
        if going_on
        else ()
    )
    found: dict[int, list[int]] = {one.id: [] for one in placements}
    for one in going_on:
        at = one.continues_id
        while at is not None:
            found[one.id].append(at)
            at = before.get(at)
    return found


def part_ids_of(session: Session, placement: Placement) -> list[int]:
    """The id of a placement and those of the parts that it continues, the latest first."""
    return [placement.id, *earlier_parts(session, [placement])[placement.id]]


def combined(parts: Iterable[Summary]) -> Summary:
    """Several placements of one learner taken together."""
    together = list(parts)
    met = [part.last_session_on for part in together if part.last_session_on]
    return Summary(
        added_up(part.minutes for part in together),
        max(met, default=None),
        sum(part.waiting_sessions for part in together),
        added_up(part.verified for part in together),
        added_up(part.drafts for part in together),
        max((part.recognised for part in together), default=0),
    )


def added_up(parts: Iterable[Mapping[HoursCategory, int]]) -> dict[HoursCategory, int]:
    together = list(parts)
    return {category: sum(part[category] for part in together) for category in HoursCategory}


def logged_minutes(session: Session, learner_id: int, first: date, last: date) -> dict[date, int]:
    """What is on a learner's record in all her placements from `first` to `last`, both included, in minutes a day."""
    found: defaultdict[date, int] = defaultdict(int)
    for model, day in ((HoursEntry, HoursEntry.worked_on), (SupervisionSession, SupervisionSession.held_on)):
        rows = session.execute(
            select(day, func.sum(model.minutes))
            .join(Placement, Placement.id == model.placement_id)
            .where(Placement.learner_id == learner_id, model.withdrawn_at.is_(None), day.between(first, last))
            .group_by(day)
        )
        for when, minutes in rows:
            found[when] += minutes
    return dict(found)


def band_of(module: Module, summary: Summary) -> Band | None:
    """The band of workplace hours of a module, less what of it is recognised; its programme must be loaded."""
    return band_left(module.programme.level.workplace_band_hours, module.credits, summary.recognised)


def workplace_of(placement: Placement, summary: Summary) -> Workplace:
    """How the workplace hours stand to what is left of the band; the module's programme and the pauses must be loaded.

    The summary is that of all parts where the placement continues another.
    """
    band = band_of(placement.module, summary)
    pauses = tuple((pause.starts_on, pause.resumes_on) for pause in placement.pauses)
    first = placement.first_part_on or placement.starts_on
    return Workplace(band, first, placement.ends_on, summary.workplace_minutes, pauses)


def days_without_session(placement: Placement, summary: Summary, today: date) -> timedelta:
    """How long ago they last met, or how long the placement has run if they have not; nothing before it begins."""
    back = [pause.resumes_on for pause in placement.pauses]
    return max(today - max(summary.last_session_on or placement.starts_on, *back, date.min), timedelta())


def needs_session(placement: Placement, summary: Summary, today: date) -> bool:
    """True when learner and mentor have not met for a month."""
    runs = placement.is_current_on(today) and not placement.pause_on(today)
    return runs and days_without_session(placement, summary, today) > REMIND_AFTER
