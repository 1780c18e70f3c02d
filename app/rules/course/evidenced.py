"""Which capabilities of a placement have evidence that counts: what sign-off, risks and the pages ask."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.language.refusal import Refused
from app.models.course.capabilities import Capability, CapabilityWording
from app.models.course.evidence import Evidence, evidence_capabilities
from app.models.hours import HoursEntry
from app.models.placements import Placement
from app.models.programmes import Module
from app.models.supervision import SupervisionSession
from app.rules.record_totals import earlier_parts


@dataclass(frozen=True, slots=True)
class Evidenced:
    """The names of the capabilities that a programme asks for, in its order, apart by whether there is evidence."""

    shown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return len(self.shown) + len(self.missing)

    @property
    def in_words(self) -> str:
        """3 of 12 capabilities have evidence."""
        if not self.total:
            return "The university has not set any capabilities yet."
        return f"{len(self.shown)} of {self.total} capabilities have evidence."


def check_record_open(placement: Placement, today: date) -> None:
    """Raise Refused when no evidence and no rating can be added: not begun, or it goes on elsewhere.

    Like hours, what happened in a placement can still be put on record once it has ended.
    """
    if placement.has_gone_on(today):
        raise Refused("This placement goes on elsewhere. Add to the part that runs now: what is here is seen there.")
    if placement.never_began or not placement.has_begun_on(today):
        raise Refused("This can be done once the placement has begun.")


def is_record_open(placement: Placement, today: date) -> bool:
    """Whether a page may offer what `check_record_open` allows."""
    try:
        check_record_open(placement, today)
    except Refused:
        return False
    return True


def capabilities_without_evidence(session: Session, placement: Placement) -> tuple[str, ...]:
    """The names of those that are asked for and have no evidence, in any part of the placement: whoever signs it off
    although there are any says why."""
    return evidenced(session, [placement])[placement.id].missing


def evidenced(session: Session, placements: Iterable[Placement]) -> dict[int, Evidenced]:
    """How each placement stands together with the parts that it continues; three queries however many there are."""
    wanted = list(placements)
    earlier = earlier_parts(session, wanted)
    asked = asked_by_module(session, {one.module_id for one in wanted})
    found = capability_ids_shown(session, {*earlier, *(id_ for ids in earlier.values() for id_ in ids)})
    standing = {}
    for one in wanted:
        shown = set[int]().union(*(found.get(id_, set()) for id_ in (one.id, *earlier[one.id])))
        names = asked.get(one.module_id, {})
        standing[one.id] = Evidenced(
            tuple(name for id_, name in names.items() if id_ in shown),
            tuple(name for id_, name in names.items() if id_ not in shown),
        )
    return standing


def asked_by_module(session: Session, module_ids: Collection[int]) -> Mapping[int, Mapping[int, str]]:
    """The names by id of the capabilities that are asked for in each module's programme, in their order."""
    later = aliased(CapabilityWording)
    is_newest = (
        ~select(later.id)
        .where(later.capability_id == CapabilityWording.capability_id, later.number > CapabilityWording.number)
        .exists()
    )
    rows = session.execute(
        select(Module.id, Capability.id, CapabilityWording.name)
        .join(Capability, Capability.programme_id == Module.programme_id)
        .join(CapabilityWording, CapabilityWording.capability_id == Capability.id)
        .where(Module.id.in_(module_ids), Capability.retired_at.is_(None), is_newest)
        .order_by(Capability.position, Capability.id)
    )
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for module_id, capability_id, name in rows:
        found[module_id][capability_id] = name
    return found


def capability_ids_shown(session: Session, placement_ids: Collection[int]) -> Mapping[int, set[int]]:
    """The capabilities for which each placement itself has evidence that counts."""
    rows = session.execute(
        select(Evidence.placement_id, CapabilityWording.capability_id)
        .join(evidence_capabilities, evidence_capabilities.c.evidence_id == Evidence.id)
        .join(CapabilityWording, CapabilityWording.id == evidence_capabilities.c.wording_id)
        .where(Evidence.placement_id.in_(placement_ids), counts(Evidence.placement_id.in_(placement_ids)))
        .distinct()
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for placement_id, capability_id in rows:
        found[placement_id].add(capability_id)
    return found


def counts(among: ColumnElement[bool]) -> ColumnElement[bool]:
    """True of evidence that was not withdrawn; hours must count themselves, submitted and not returned, in their newest
    version, and a session must be confirmed.

    `among` narrows the evidence whose versions are followed.
    """
    entry = standing(HoursEntry, Evidence.hours_entry_id, among, HoursEntry.counts)
    meeting = standing(SupervisionSession, Evidence.session_id, among, SupervisionSession.confirmed_at.is_not(None))
    return and_(
        Evidence.withdrawn_at.is_(None),
        or_(Evidence.hours_entry_id.is_(None), Evidence.id.in_(entry)),
        or_(Evidence.session_id.is_(None), Evidence.id.in_(meeting)),
    )


def standing(model: Any, named: Any, among: ColumnElement[bool], *also: Any) -> Select[Any]:
    """The ids of evidence of which some version, from the one that it names on, is not withdrawn."""
    first = select(Evidence.id.label("evidence_id"), named.label("version_id")).where(named.is_not(None), among)
    versions = first.cte(f"versions_of_{model.__tablename__}", recursive=True)
    later = aliased(model)
    versions = versions.union(
        select(versions.c.evidence_id, later.id).join(later, later.corrects_id == versions.c.version_id)
    )
    stands = select(versions.c.evidence_id).join(model, model.id == versions.c.version_id)
    return stands.where(model.withdrawn_at.is_(None), *also)
