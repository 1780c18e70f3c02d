"""The record of a placement as it is signed off: plain JSON for a signature, and what is missing from it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.course.progress_reviews import ReviewKind
from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.placements import Placement
from app.rules.agreements.planned_hours import planned_minutes_until
from app.rules.course.numbers import numbers_of
from app.rules.progress_reviews.kind import PlacementReviews, reviews_of
from app.rules.record_totals import earlier_parts, summaries_with_earlier

Facts = Mapping[str, Any]


class Lacking(enum.Enum):
    """What can be missing from a record; none of it forbids a sign-off, all of it asks for a reason that stays."""

    BELOW_BAND = "workplace hours below the band"
    RETURNED_HOURS = "returned hours"
    UNVERIFIED_HOURS = "hours that nobody has verified"
    UNCONFIRMED_SESSIONS = "sessions that nobody has confirmed"
    NO_LAST_REVIEW = "no last review that both have signed"
    CAPABILITIES_WITHOUT_EVIDENCE = "capabilities without evidence"
    NO_AGREEMENT = "no learning agreement that all have signed"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: how many minutes, lines or sessions, or which capabilities."""

    what: Lacking
    number: int = 0
    names: tuple[str, ...] = ()


def facts_of(session: Session, placement: Placement, today: date) -> dict[str, Any]:
    """The record as it stands, with the parts that the placement continues; its module and pauses must be loaded.

    Minutes by category are each logged (drafts with the rest), submitted (waiting or verified) and verified.
    """
    summary = summaries_with_earlier(session, [placement])[placement.id]
    reviews = reviews_of(session, [placement])[placement.id]
    numbers = numbers_of(session, placement, today)
    return {
        **{name: value for name, value in numbers.items() if name not in ("line_minutes", "planned_minutes")},
        "planned_minutes": planned_minutes_until(session, placement, placement.ends_on),
        "starts_on": (placement.first_part_on or placement.starts_on).isoformat(),
        "ends_on": placement.ends_on.isoformat(),
        "by_category": {
            category.value: {
                "logged": summary.minutes[category] + summary.drafts[category],
                "submitted": summary.minutes[category],
                "verified": summary.verified[category],
            }
            for category in HoursCategory
        },
        "verified_minutes": summary.verified_minutes,
        "returned_lines": lines_in(session, placement, HoursState.RETURNED),
        "unverified_lines": lines_in(session, placement, HoursState.SUBMITTED, HoursState.DRAFT),
        "reviews": reviews_as_signed(reviews),
        "last_review": any(reviews.is_signed(kind) for kind in ReviewKind if kind.is_last),
    }


def lines_in(session: Session, placement: Placement, *states: HoursState) -> int:
    """How many hours entries stand so, in all parts of the placement."""
    ids = [placement.id, *earlier_parts(session, [placement])[placement.id]]
    stand = HoursEntry.placement_id.in_(ids), HoursEntry.state.in_(states), HoursEntry.withdrawn_at.is_(None)
    return session.scalar(select(func.count()).select_from(HoursEntry).where(*stand)) or 0


def reviews_as_signed(reviews: PlacementReviews) -> dict[str, str | None]:
    """Each review that there should be or is, with the digest of what both have signed; None where they have not."""
    return {kind.value: reviews.standings[kind].digest if reviews.is_signed(kind) else None for kind in reviews.kinds}


def lacks_in(facts: Facts) -> list[Lack]:
    """What is missing from a record, the heaviest first."""
    found = []
    if facts["band_hours"]:
        short = facts["band_hours"][0] * 60 - facts["verified_workplace_minutes"]
        found.append(Lack(Lacking.BELOW_BAND, short))
    found += [
        Lack(Lacking.RETURNED_HOURS, facts["returned_lines"]),
        Lack(Lacking.UNVERIFIED_HOURS, facts["unverified_lines"]),
        Lack(Lacking.UNCONFIRMED_SESSIONS, facts["waiting_sessions"]),
        Lack(Lacking.NO_LAST_REVIEW, not facts["last_review"]),
        Lack(Lacking.CAPABILITIES_WITHOUT_EVIDENCE, len(facts["without_evidence"]), tuple(facts["without_evidence"])),
        Lack(Lacking.NO_AGREEMENT, facts["agreement"] != "signed"),
    ]
    return [one for one in found if one.number > 0]


def has_no_evidence_at_all(facts: Facts) -> bool:
    """True where capabilities are asked for and not one of them has any: then nothing can be signed off."""
    return bool(facts["without_evidence"]) and not facts["with_evidence"]
