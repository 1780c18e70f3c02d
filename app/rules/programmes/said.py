"""What a university says of its programmes, as plain records: the shape of a file and of what a version holds."""

from dataclasses import dataclass
from datetime import date

from app.models.programmes import HOURS_A_CREDIT, Choose, Level, ModuleKind, PriorLearning


@dataclass(frozen=True, slots=True)
class ModuleSaid:
    """A module as a version names it; what is to confirm was not stated by the university."""

    title: str
    credits: int
    kind: ModuleKind
    is_title_to_confirm: bool = False
    are_credits_to_confirm: bool = False

    @property
    def hours(self) -> int:
        return self.credits * HOURS_A_CREDIT

    @property
    def is_to_confirm(self) -> bool:
        return self.is_title_to_confirm or self.are_credits_to_confirm


@dataclass(frozen=True, slots=True)
class PartSaid:
    """Modules of which all, `amount` modules or `amount` credits are asked for."""

    title: str
    choose: Choose
    modules: tuple[ModuleSaid, ...]
    amount: int = 0


@dataclass(frozen=True, slots=True)
class CohortSaid:
    """Learners who begin together; both days are included."""

    name: str
    starts_on: date
    ends_on: date
    are_dates_to_confirm: bool = False


@dataclass(frozen=True, slots=True)
class VersionSaid:
    """A programme in one academic year; an empty text is what the university has not stated."""

    academic_year: int
    parts: tuple[PartSaid, ...]
    cohorts: tuple[CohortSaid, ...] = ()
    is_title_to_confirm: bool = False
    entry_rules: str = ""
    fees_address: str = ""
    bursaries: str = ""
    prior_learning: PriorLearning = PriorLearning.NOT_STATED
    prior_learning_words: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeSaid:
    """A level as a university offers it, in the versions that it has had."""

    university: str
    level: Level
    title: str
    versions: tuple[VersionSaid, ...]
