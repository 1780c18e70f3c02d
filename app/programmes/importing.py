"""What a file of programmes would do, told before anything is done, and then just that."""

import enum
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.people import Person, Role
from app.models.programmes import Cohort, Programme, ProgrammeVersion, Provider
from app.phrasebook.of_programmes.checks import found_in_words
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.programmes.cohorts import BEGUN, is_begun, write_cohort
from app.programmes.cohorts import note as note_cohort
from app.programmes.queries import providers_reached, whole_programmes
from app.programmes.service import add_version, note
from app.programmes.telling.service import tell_of_version
from app.programmes.writing_down import write_facts, write_parts
from app.rules.programmes.check import checked
from app.rules.programmes.described import said_of_cohort, said_of_version
from app.rules.programmes.said import CohortSaid, ProgrammeSaid, VersionSaid
from app.rules.programmes.standing import cannot_change
from app.rules.programmes.years import year_in_words

FILE_BYTES_MAX = 300_000


class Taken(enum.Enum):
    """What becomes of a line of a file."""

    NEW_UNIVERSITY = "a university that is new here"
    NEW_PROGRAMME = "a new programme"
    NEW_VERSION = "a new version"
    NEXT_VERSION = "a new version beside one that learners are on"
    CHANGED_VERSION = "a version that is changed"
    SAME_VERSION = "a version that stays as it is"
    NEW_COHORT = "a new cohort"
    CHANGED_COHORT = "a cohort with other dates"


@dataclass(frozen=True)
class CohortStep:
    """What becomes of a cohort; `row` is the one that is changed."""

    taken: Taken
    said: CohortSaid
    row: Cohort | None


@dataclass(frozen=True)
class VersionStep:
    """What becomes of a version; `row` is the one that stays or is changed."""

    taken: Taken
    said: VersionSaid
    row: ProgrammeVersion | None
    cohorts: tuple[CohortStep, ...]


@dataclass(frozen=True)
class ProgrammeStep:
    """What becomes of a programme; `provider` and `row` are None where they are new."""

    said: ProgrammeSaid
    provider: Provider | None
    row: Programme | None
    versions: tuple[VersionStep, ...]

    @property
    def name(self) -> str:
        return f"{self.said.university}, {self.said.level.value}, {self.said.title}"

    def lines(self) -> Iterator[tuple[Taken, str]]:
        """Everything that it does, each with what it is about."""
        if self.provider is None:
            yield Taken.NEW_UNIVERSITY, self.said.university
        if self.row is None:
            yield Taken.NEW_PROGRAMME, self.name
        for version in self.versions:
            about = f"{self.name}, {year_in_words(version.said.academic_year)}"
            yield version.taken, about
            yield from ((cohort.taken, f"{about}, {cohort.said.name}") for cohort in version.cohorts)


@dataclass(frozen=True)
class Plan:
    """What a file would do; with any complaint it does nothing."""

    steps: tuple[ProgrammeStep, ...]
    complaints: tuple[str, ...] = field(default=())

    @property
    def lines(self) -> list[tuple[Taken, str]]:
        """Everything that it does, in the order of the file; a new university is told once."""
        every = [line for step in self.steps for line in step.lines()]
        return [one for at, one in enumerate(every) if one[0] is not Taken.NEW_UNIVERSITY or one not in every[:at]]

    @property
    def changes(self) -> list[tuple[Taken, str]]:
        return [line for line in self.lines if line[0] is not Taken.SAME_VERSION]

    @property
    def digest(self) -> str:
        """What a reader saw of it: it is done only as it was shown."""
        return hashlib.sha256(repr([(taken.name, about) for taken, about in self.lines]).encode()).hexdigest()[:16]


def plan_of(session: Session, said: Sequence[ProgrammeSaid], occasion: Occasion, *, locks: bool = False) -> Plan:
    """What programmes of a file would do for whoever takes them in: None is the operator, who may all.

    A university that is new here is made by the operator and by administrators alone.
    """
    providers = {one.name: one for one in session.scalars(select(Provider))}
    allowed = names_allowed(session, occasion.actor, providers)
    rows = rows_by_key(session, locks=locks)
    steps, complaints = [], []
    for one in said:
        provider = providers.get(one.university)
        if allowed is not None and one.university not in allowed:
            complaints.append(
                f"{one.university}: you lead no programmes there. Take it out of the file, or ask an administrator."
            )
            continue
        row = rows.get((one.university, one.level, one.title))
        complaints += faults_of(one)
        found, about_cohorts = versions_of(session, one, row, occasion)
        complaints += about_cohorts
        steps.append(ProgrammeStep(one, provider, row, found))
    return Plan(tuple(steps), tuple(complaints))


def names_allowed(session: Session, actor: Person | None, providers: dict[str, Provider]) -> set[str] | None:
    """The universities of whoever takes the file in; None is all, and those that are new."""
    if actor is None or Role.ADMINISTRATOR in actor.roles:
        return None
    return {one.name for one in providers_reached(session, actor)}


def rows_by_key(session: Session, *, locks: bool) -> dict[tuple[str, object, str], Programme]:
    """Every programme; before anything is changed all are locked, in the order of their ids."""
    if locks:
        session.execute(select(Programme.id).order_by(Programme.id).with_for_update()).all()
    rows = session.scalars(whole_programmes().execution_options(populate_existing=True)).all()
    return {(row.provider.name, row.level, row.title): row for row in rows}


def faults_of(said: ProgrammeSaid) -> Iterator[str]:
    for version in said.versions:
        found = checked(said.level, version.parts)
        name = f"{said.university}, {said.level.value}, {year_in_words(version.academic_year)}"
        yield from (f"{name}: {found_in_words(said.level, found, fault)}" for fault in found.faults)


def versions_of(
    session: Session, said: ProgrammeSaid, row: Programme | None, occasion: Occasion
) -> tuple[tuple[VersionStep, ...], list[str]]:
    """Each version of a file with the one here that it is: first those that say the same, then those of its year."""
    free = list(row.versions) if row else []
    same: dict[int, ProgrammeVersion] = {}
    for at, version in enumerate(said.versions):
        equal = next((one for one in free if without_cohorts(said_of_version(one)) == without_cohorts(version)), None)
        if equal:
            free.remove(equal)
            same[at] = equal
    steps, complaints = [], []
    for at, version in enumerate(said.versions):
        known = same.get(at) or to_change(session, free, version, occasion)
        cohorts, about = cohorts_of(version, known, occasion)
        complaints += [f"{said.university}, {said.level.value}, {one}" for one in about]
        steps.append(VersionStep(what_becomes(row, version, known, is_same=at in same), version, known, cohorts))
        if known in free:
            free.remove(known)
    return tuple(steps), complaints


def without_cohorts(said: VersionSaid) -> VersionSaid:
    return replace(said, cohorts=())


def to_change(
    session: Session, free: Sequence[ProgrammeVersion], said: VersionSaid, occasion: Occasion
) -> ProgrammeVersion | None:
    """The newest version of that year by which nobody learns yet."""
    of_year = [one for one in free if one.academic_year == said.academic_year]
    return next((one for one in reversed(of_year) if not cannot_change(session, one, occasion.today)), None)


def what_becomes(row: Programme | None, said: VersionSaid, known: ProgrammeVersion | None, *, is_same: bool) -> Taken:
    if known is not None:
        return Taken.SAME_VERSION if is_same and known.is_published else Taken.CHANGED_VERSION
    has_year = row is not None and any(one.academic_year == said.academic_year for one in row.versions)
    return Taken.NEXT_VERSION if has_year else Taken.NEW_VERSION


def cohorts_of(
    said: VersionSaid, known: ProgrammeVersion | None, occasion: Occasion
) -> tuple[tuple[CohortStep, ...], list[str]]:
    """What becomes of the cohorts of a version; one that a file leaves out stays."""
    rows = {row.name: row for row in known.cohorts} if known else {}
    steps, complaints = [], []
    for one in said.cohorts:
        row = rows.get(one.name)
        if row is None:
            steps.append(CohortStep(Taken.NEW_COHORT, one, None))
        elif said_of_cohort(row) != one:
            if is_begun(row, occasion):
                complaints.append(f"{year_in_words(said.academic_year)}, {one.name}: {BEGUN}")
            steps.append(CohortStep(Taken.CHANGED_COHORT, one, row))
    return tuple(steps), complaints


def take_in(
    session: Session, said: Sequence[ProgrammeSaid], occasion: Occasion, shown: str | None = None, address: str = ""
) -> Plan:
    """Do what the file says, all or nothing, and publish each version: every way through it is proved.

    Those who teach at the universities are told, with the address at which everybody reads it; nobody without one.

    Raises Refused with the complaints, and Overtaken where it would do something else by now than was shown.
    """
    plan = plan_of(session, said, occasion, locks=True)
    if plan.complaints:
        raise Refused(" ".join(plan.complaints), "file")
    if shown is not None and shown != plan.digest:
        raise Overtaken("Somebody changed a programme since this page was made. Read again what the file does now.")
    made: dict[str, Provider] = {}
    for step in plan.steps:
        take_programme(session, occasion, step, made, address)
    return plan


def take_programme(
    session: Session, occasion: Occasion, step: ProgrammeStep, made: dict[str, Provider], address: str
) -> None:
    said = step.said
    provider = step.provider or made.setdefault(said.university, Provider(name=said.university))
    programme = step.row
    if programme is None:
        programme = Programme(provider=provider, level=said.level, title=said.title)
        session.add(programme)
        record(session, occasion.actor, "began a programme", programme, now=occasion.now, name=said.title)
    for version in step.versions:
        changes = version.taken is not Taken.SAME_VERSION
        row = take_version(session, occasion, programme, version)
        if changes and address:
            session.flush()
            tell_of_version(session, occasion, row, address)


def take_version(session: Session, occasion: Occasion, programme: Programme, step: VersionStep) -> ProgrammeVersion:
    version = step.row or add_version(programme, occasion, step.said.academic_year)
    if step.taken is not Taken.SAME_VERSION:
        write_facts(version, step.said)
        write_parts(version, step.said.parts)
        version.published_at = occasion.now
        note(session, occasion, "took in a version from a file", version)
    for cohort in step.cohorts:
        row = cohort.row or Cohort(version=version)
        write_cohort(row, cohort.said)
        session.add(row)
        note_cohort(session, occasion, "took in a cohort from a file", row)
    return version
