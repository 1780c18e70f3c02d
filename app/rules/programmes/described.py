"""What stands in the database as plain records."""

from app.models.programmes import Cohort, PartModule, Programme, ProgrammeVersion, VersionPart
from app.rules.programmes.said import CohortSaid, ModuleSaid, PartSaid, ProgrammeSaid, VersionSaid


def said_of_programme(programme: Programme) -> ProgrammeSaid:
    """A programme with its published versions: what is being written is nobody's statement yet."""
    versions = tuple(said_of_version(version) for version in programme.versions if version.is_published)
    return ProgrammeSaid(programme.provider.name, programme.level, programme.title, versions)


def said_of_version(version: ProgrammeVersion) -> VersionSaid:
    return VersionSaid(
        academic_year=version.academic_year,
        parts=said_of_parts(version),
        cohorts=tuple(said_of_cohort(cohort) for cohort in version.cohorts),
        is_title_to_confirm=version.is_title_to_confirm,
        entry_rules=version.entry_rules,
        fees_address=version.fees_address,
        bursaries=version.bursaries,
        prior_learning=version.prior_learning,
        prior_learning_words=version.prior_learning_words,
    )


def said_of_parts(version: ProgrammeVersion) -> tuple[PartSaid, ...]:
    return tuple(said_of_part(part) for part in version.parts)


def said_of_part(part: VersionPart) -> PartSaid:
    return PartSaid(part.title, part.choose, tuple(said_of_line(line) for line in part.lines), part.amount)


def said_of_line(line: PartModule) -> ModuleSaid:
    module = line.module
    return ModuleSaid(line.title, module.credits, module.kind, line.is_title_to_confirm, line.are_credits_to_confirm)


def said_of_cohort(cohort: Cohort) -> CohortSaid:
    return CohortSaid(cohort.name, cohort.starts_on, cohort.ends_on, cohort.are_dates_to_confirm)
