"""What is missing from the record of a module when credit is decided, and what there is to consider."""

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.language.dates_and_times import day_of
from app.models.academic.dissertations import Dissertation, DissertationState
from app.models.course.progress_reviews import ReviewKind
from app.models.course.signed_records import IssuedRecord
from app.models.hours import HoursEntry, HoursState
from app.models.placements import Placement
from app.models.programmes import Enrolment, Module, ModuleKind, Programme
from app.rules.agreements.kind import agreed_of
from app.rules.course.evidenced import evidenced
from app.rules.progress_reviews.kind import reviews_of
from app.rules.record_totals import band_of, earlier_parts, summaries_with_earlier
from app.rules.sign_offs.facts import Lack, Lacking, lacks_in
from app.rules.sign_offs.standing import PlacementSignOff, sign_offs_of

Plain = dict[str, Any]
Key = tuple[int, int]  # the learner's id and the module's


class Missing(enum.Enum):
    """What can be missing beside what a sign-off asks for."""

    NO_PLACEMENT = "no placement"
    NO_SIGN_OFF = "no sign-off that stands"
    NOT_SUBMITTED = "a dissertation that is not submitted"
    NO_AGREED_PROPOSAL = "no proposal that the supervisor agrees to"
    OPEN_APPROVALS = "approvals that are not settled"


@dataclass(frozen=True, slots=True)
class Thin:
    """One thing that is missing: how many minutes, lines or sessions, or which capabilities."""

    what: Missing | Lacking
    number: int = 0
    names: tuple[str, ...] = ()

    @property
    def plain(self) -> Plain:
        return {"what": self.what.name, "number": self.number, "names": list(self.names)}


@dataclass(frozen=True)
class ModuleRecord:
    """What stands on record for a module: the placement it was learnt in, its sign-off, and what is missing."""

    placement: Placement | None = None
    sign_off: PlacementSignOff | None = None
    thin: tuple[Thin, ...] = ()
    issued: IssuedRecord | None = None

    @property
    def plain_thin(self) -> list[Plain]:
        return [one.plain for one in self.thin]

    @property
    def evidence(self) -> list[Plain]:
        """What a decision can rest on, as it stood then; each with a digest by which it is known again."""
        found: list[Plain] = []
        if self.placement and self.sign_off and self.sign_off.signed_off_at:
            found.append(
                {
                    "what": "sign-off",
                    "id": self.sign_off.sign_off.id,
                    "placement": self.placement.id,
                    "mentor": self.placement.mentor.name,
                    "on": day_of(self.sign_off.signed_off_at).isoformat(),
                    "digest": self.sign_off.digest,
                }
            )
        if self.issued:
            found.append(
                {
                    "what": "signed record",
                    "id": self.issued.id,
                    "placement": self.issued.placement_id,
                    "on": day_of(self.issued.issued_at).isoformat(),
                    "digest": self.issued.file_digest,
                }
            )
        return found


def thin_from(plain: Iterable[Plain]) -> list[Thin]:
    """What was kept with a decision, as facts again."""
    known: dict[str, Missing | Lacking] = {one.name: one for kind in (Missing, Lacking) for one in kind}
    return [Thin(known[one["what"]], one["number"], tuple(one["names"])) for one in plain]


def record_of(session: Session, learner_id: int, module: Module) -> ModuleRecord:
    return records_of(session, [(learner_id, module)])[learner_id, module.id]


def records_of(session: Session, wanted: Sequence[tuple[int, Module]]) -> dict[Key, ModuleRecord]:
    """The record of each learner for each module; some queries, however many there are.

    What is learnt in no placement has nothing here that could be missing: its marks are kept elsewhere.
    """
    found = {(learner_id, module.id): ModuleRecord() for learner_id, module in wanted}
    in_practice = [(learner_id, module.id) for learner_id, module in wanted if module.kind is ModuleKind.RPE]
    placements = placements_for(session, in_practice)
    every = [one for several in placements.values() for one in several]
    sign_offs = sign_offs_of(session, every)
    chosen = {key: chosen_of(several, sign_offs) for key, several in placements.items()}
    lacks = lacks_of(session, list(chosen.values()))
    issued = issued_for(session, [one.sign_off.id for one in sign_offs.values() if one.is_signed_off])
    found |= dissertations_for(
        session, [(learner_id, module.id) for learner_id, module in wanted if module.kind is ModuleKind.DISSERTATION]
    )
    for key in in_practice:
        placement = chosen.get(key)
        if placement is None:
            found[key] = ModuleRecord(thin=(Thin(Missing.NO_PLACEMENT), Thin(Missing.NO_SIGN_OFF)))
            continue
        sign_off = sign_offs.get(placement.id)
        stands = sign_off if sign_off and sign_off.is_signed_off else None
        missing = [] if stands else [Thin(Missing.NO_SIGN_OFF)]
        missing += [Thin(one.what, one.number, one.names) for one in lacks[placement.id]]
        record = issued.get(stands.sign_off.id) if stands else None
        found[key] = ModuleRecord(placement, stands, tuple(missing), record)
    return found


def dissertations_for(session: Session, keys: Sequence[Key]) -> dict[Key, ModuleRecord]:
    """What is missing from the dissertation of each learner; where she has not begun it, all of it."""
    if not keys:
        return {}
    rows = session.execute(
        select(Enrolment.learner_id, Dissertation)
        .join(Dissertation.enrolment)
        .where(
            Enrolment.learner_id.in_({learner_id for learner_id, _ in keys}),
            Dissertation.module_id.in_({module_id for _, module_id in keys}),
        )
        .options(selectinload(Dissertation.approvals))
    )
    there = {(learner_id, one.module_id): one for learner_id, one in rows}
    return {key: ModuleRecord(thin=tuple(map(Thin, missing_from(there.get(key))))) for key in keys}


def missing_from(dissertation: Dissertation | None) -> list[Missing]:
    if dissertation is None:
        return [Missing.NOT_SUBMITTED, Missing.NO_AGREED_PROPOSAL, Missing.OPEN_APPROVALS]
    is_so = {
        Missing.NOT_SUBMITTED: dissertation.submitted_on is None,
        Missing.NO_AGREED_PROPOSAL: dissertation.state not in (DissertationState.AGREED, DissertationState.SUBMITTED),
        Missing.OPEN_APPROVALS: not dissertation.are_approvals_settled,
    }
    return [one for one, is_missing in is_so.items() if is_missing]


def placements_for(session: Session, keys: Sequence[Key]) -> dict[Key, list[Placement]]:
    """The placements of each learner for each module that began, the latest last."""
    if not keys:
        return {}
    rows = session.scalars(
        select(Placement)
        .where(
            Placement.learner_id.in_({learner_id for learner_id, _ in keys}),
            Placement.module_id.in_({module_id for _, module_id in keys}),
        )
        .options(
            joinedload(Placement.learner),
            joinedload(Placement.mentor),
            joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
            selectinload(Placement.pauses),
        )
        .order_by(Placement.starts_on, Placement.id)
    )
    found: defaultdict[Key, list[Placement]] = defaultdict(list)
    for one in rows:
        key = (one.learner_id, one.module_id)
        if key in set(keys) and not one.never_began:
            found[key].append(one)
    return dict(found)


def chosen_of(placements: Sequence[Placement], sign_offs: Mapping[int, PlacementSignOff]) -> Placement:
    """The one that is signed off, where one is; else the latest."""
    signed = [one for one in placements if one.id in sign_offs and sign_offs[one.id].is_signed_off]
    return (signed or list(placements))[-1]


def lacks_of(session: Session, placements: Sequence[Placement]) -> dict[int, list[Lack]]:
    """What is missing from the record of each placement as it stands now, by its id."""
    if not placements:
        return {}
    sums, reviews = summaries_with_earlier(session, placements), reviews_of(session, placements)
    shown, agreed = evidenced(session, placements), agreed_of(session, placements)
    lines = lines_of(session, placements)
    found = {}
    for one in placements:
        band = band_of(one.module, sums[one.id])
        standing = agreed[one.id][1]
        facts = {
            "band_hours": list(band) if band else None,
            "verified_workplace_minutes": sums[one.id].verified_workplace_minutes,
            "returned_lines": lines[one.id][HoursState.RETURNED],
            "unverified_lines": lines[one.id][HoursState.SUBMITTED] + lines[one.id][HoursState.DRAFT],
            "waiting_sessions": sums[one.id].waiting_sessions,
            "last_review": any(reviews[one.id].is_signed(kind) for kind in ReviewKind if kind.is_last),
            "without_evidence": shown[one.id].missing,
            "agreement": "signed" if standing and standing.is_complete else "not signed",
        }
        found[one.id] = lacks_in(facts)
    return found


def lines_of(session: Session, placements: Sequence[Placement]) -> dict[int, Counter[HoursState]]:
    """How many hours entries of each state stand in all parts of each placement."""
    earlier = earlier_parts(session, placements)
    whose = {part: one.id for one in placements for part in (one.id, *earlier[one.id])}
    rows = session.execute(
        select(HoursEntry.placement_id, HoursEntry.state, func.count())
        .where(HoursEntry.placement_id.in_(whose), HoursEntry.withdrawn_at.is_(None))
        .group_by(HoursEntry.placement_id, HoursEntry.state)
    )
    found: dict[int, Counter[HoursState]] = {one.id: Counter() for one in placements}
    for placement_id, state, number in rows:
        found[whose[placement_id]][state] += number
    return found


def issued_for(session: Session, sign_off_ids: Sequence[int]) -> dict[int, IssuedRecord]:
    """The newest signed record that rests on each of these sign-offs, by the sign-off's id."""
    if not sign_off_ids:
        return {}
    rows = select(IssuedRecord).where(IssuedRecord.sign_off_id.in_(sign_off_ids)).order_by(IssuedRecord.number)
    return {one.sign_off_id: one for one in session.scalars(rows)}
