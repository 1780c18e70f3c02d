"""What the whole record of a placement says: one structure of plain values, without the words of any page.

`plain` turns it into JSON. A session, an agreement or a review names the part of the placement that it belongs to by
its number, from 1: a placement that went on elsewhere has several.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

FORMAT = "rpe-record/1"


@dataclass(frozen=True, slots=True)
class LearnerIn:
    """Whose record it is."""

    name: str
    profession: str


@dataclass(frozen=True, slots=True)
class ModuleIn:
    """The module for which she was placed; `hours` are the notional hours of its credits."""

    title: str
    credits: int
    hours: int
    programme: str
    level: str
    university: str
    workplace_band_hours: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class DeputyIn:
    """Who stood in for the mentor, from which day to which, both included."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class StudyIn:
    """The study, with its numbers in registries as (registry, number)."""

    title: str
    identifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PartIn:
    """One part of the placement: with one mentor on one study at one organisation."""

    number: int
    placement_id: int
    study: StudyIn
    organisation: str
    ods_code: str
    mentor: str
    deputies: tuple[DeputyIn, ...]
    starts_on: date
    ends_on: date
    pauses: tuple[tuple[date, date], ...]
    standing: str


@dataclass(frozen=True, slots=True)
class SignatureIn:
    """One signature under an agreement or a review; it `stands` while it covers what is written there now."""

    party: str
    name: str
    signed_at: datetime
    digest: str
    revision: int
    wording: str
    stands: bool
    voided_at: datetime | None
    voided_because: str


@dataclass(frozen=True, slots=True)
class ObjectiveIn:
    """What the learner means to learn, and the capabilities that it is about."""

    words: str
    capabilities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementIn:
    """The learning agreement of one part, without the adjustments, which only those read who sign it.

    `digest` is that of what it says now; `is_signed` is True while all have signed that.
    """

    part: int
    state: str
    revision: int
    is_signed: bool
    digest: str
    objectives: tuple[ObjectiveIn, ...]
    minutes_by_category: Mapping[str, int]
    minutes_by_month: Mapping[str, int]
    sessions: str
    working_pattern: str
    signatures: tuple[SignatureIn, ...]


@dataclass(frozen=True, slots=True)
class CategoryIn:
    """Minutes of one category: planned by the signed agreements (None where there is none), submitted, verified.

    What is verified was submitted, and counts in both; `logged_only` is what was not submitted, or was returned.
    Confirmed sessions count as supervision.
    """

    category: str
    planned: int | None
    submitted: int
    verified: int
    logged_only: int


@dataclass(frozen=True, slots=True)
class WeekIn:
    """Minutes of the hours entries of one week by category, as in `CategoryIn`; what has none is left out.

    `planned_in_workplace` is by the signed agreement, or where none stands by the even line to the band of the level.
    """

    first_day: date
    last_day: date
    planned_in_workplace: int
    submitted: Mapping[str, int]
    verified: Mapping[str, int]
    logged_only: Mapping[str, int]
    says_none: bool


@dataclass(frozen=True, slots=True)
class ActionIn:
    """What was agreed in a session; `owner` is learner or mentor."""

    what: str
    owner: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class SessionIn:
    """A session that was not withdrawn; the private notes about it are no part of any record."""

    part: int
    held_on: date
    minutes: int
    form: str
    held_by: str
    state: str
    is_in_a_group: bool
    topics: str
    actions: tuple[ActionIn, ...]


@dataclass(frozen=True, slots=True)
class RatingIn:
    """The newest view of one of the two on how far the learner has come."""

    level: str
    rated_by: str
    rated_at: datetime


@dataclass(frozen=True, slots=True)
class CapabilityIn:
    """One capability with the newest rating of each; `evidence` has the titles of what counts for it."""

    name: str
    is_retired: bool
    by_learner: RatingIn | None
    by_mentor: RatingIn | None
    evidence: tuple[str, ...]
    number_of_evidence: int


@dataclass(frozen=True, slots=True)
class EvidenceIn:
    """A piece of evidence that was not withdrawn; of a file the SHA-256 of its content, not the content."""

    title: str
    kind: str
    added_at: datetime
    capabilities: tuple[str, ...]
    counts: bool
    file_digest: str


@dataclass(frozen=True, slots=True)
class ReviewIn:
    """A progress review; what was agreed stands here once both have signed it."""

    part: int
    kind: str
    state: str
    revision: int
    is_signed: bool
    digest: str
    met_on: date | None
    agreed: str
    statement: str
    seen: tuple[str, ...]
    signatures: tuple[SignatureIn, ...]


@dataclass(frozen=True, slots=True)
class RecordContent:
    """The whole record of a placement with the parts that it continues, as it stands on a day.

    `minimum_minutes` is the lower edge of the workplace band. `sign_off` is what became of it once it was complete.
    """

    learner: LearnerIn
    module: ModuleIn
    parts: tuple[PartIn, ...]
    agreements: tuple[AgreementIn, ...]
    categories: tuple[CategoryIn, ...]
    weeks: tuple[WeekIn, ...]
    minimum_minutes: int
    sessions: tuple[SessionIn, ...]
    capabilities: tuple[CapabilityIn, ...]
    evidence: tuple[EvidenceIn, ...]
    reviews: tuple[ReviewIn, ...]
    sign_off: Mapping[str, Any] | None = None
    format: str = FORMAT

    @property
    def part(self) -> PartIn:
        """The last part, which is the placement that was asked for."""
        return self.parts[-1]

    @property
    def submitted_minutes(self) -> int:
        """All that counts."""
        return sum(one.submitted for one in self.categories)

    @property
    def verified_minutes(self) -> int:
        return sum(one.verified for one in self.categories)

    @property
    def signed(self) -> Sequence[tuple[str, int, SignatureIn]]:
        """Every signature, each with what it is under and in which part; those that stand no longer as well."""
        under: list[tuple[str, AgreementIn | ReviewIn]] = [("learning agreement", one) for one in self.agreements]
        under += [(f"{one.kind} review", one) for one in self.reviews]
        return [(what, record.part, one) for what, record in under for one in record.signatures]


def plain(value: Any) -> Any:
    """The same as JSON has it: mappings, lists, texts, whole numbers, true, false and null; days and moments as texts.

    It is what `app/rules/signing/canonical.py` takes, so that one record has one text and one digest.
    """
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, enum.Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
