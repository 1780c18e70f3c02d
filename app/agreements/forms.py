"""What people enter about learning agreements."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from wtforms.validators import DataRequired, Optional

from app.agreements.starts import Aim, Start
from app.models.course.agreements import AgreementTemplate, Cadence, LearningAgreement, Objective
from app.models.hours import HoursCategory
from app.phrasebook.of_placements.agreements import month_in_words
from app.rules.agreements.planned_hours import without_empty
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import AnyOf, Form, OneOf, Paragraphs, SureForm, WholeNumber
from app.web.validators import at_most, between

AnyHours = TypeVar("AnyHours", bound="HoursForm")
HOURS_MAX = 1500
CADENCES = [(one.value, one.value.capitalize()) for one in Cadence]
PATTERN_MAX, ADJUSTMENTS_MAX, OBJECTIVE_MAX = 1000, 2000, 1000


class StartForm(Form):
    """What a new agreement begins with."""

    start = OneOf("What do you want to begin with?", validators=[DataRequired("Choose what to begin with")])


class ObjectiveForm(ChangingForm, SureForm):
    """One thing to learn, in the learner's words."""

    words = Paragraphs(
        "What do you want to learn?",
        validators=[DataRequired("Say what you want to learn"), at_most("The objective", OBJECTIVE_MAX)],
    )
    capabilities = AnyOf("Which capabilities is it about?")


class HoursForm(ChangingForm):
    """Planned hours, a field for each category or month: its classes are made by `with_hours`."""

    asked: tuple[str, ...] = ()

    @property
    def minutes(self) -> dict[str, int]:
        """What was entered, by category or month; none is named that has no hours."""
        return without_empty((name, (self[field_of(name)].data or 0) * 60) for name in self.asked)

    @property
    def hour_fields(self) -> list[Any]:
        return [self[field_of(name)] for name in self.asked]


def field_of(name: str) -> str:
    return f"hours-{name.replace(' ', '-')}"


def with_hours(kind: type[AnyHours], labels: Mapping[str, str]) -> type[AnyHours]:
    """The form with a field of hours under each of these names."""
    fields = {
        field_of(name): WholeNumber(label, validators=[Optional(), between(0, HOURS_MAX, f"The hours of {label}")])
        for name, label in labels.items()
    }
    made: type[AnyHours] = type(kind.__name__, (kind,), {"asked": tuple(labels), **fields})
    return made


CATEGORIES = {one.value: one.value.capitalize() for one in HoursCategory}
CategoriesForm = with_hours(HoursForm, CATEGORIES)


def months_form(months: Sequence[str]) -> type[HoursForm]:
    return with_hours(HoursForm, {month: month_in_words(month) for month in months})


def hours_in(minutes: Mapping[str, int]) -> dict[str, Any]:
    """What a form of hours begins with."""
    return {field_of(name): number // 60 for name, number in minutes.items()}


class WorkingForm(ChangingForm, SureForm):
    """How the two meet, when the learner works in the study, and what helps her."""

    sessions = OneOf("How often do you meet?", choices=CADENCES, validators=[DataRequired("Choose how often you meet")])
    working_pattern = Paragraphs(
        "Working pattern",
        validators=[DataRequired("Say on which days and at which times"), at_most("The working pattern", PATTERN_MAX)],
    )
    adjustments = Paragraphs("Adjustments (optional)", validators=[at_most("The adjustments", ADJUSTMENTS_MAX)])


class ReopenForm(SureForm):
    """Why it should be changed."""

    reason = Paragraphs(
        "Say why, in a few words", validators=[DataRequired("Say why, in a few words"), at_most("The reason", 1000)]
    )


class SuggestionForm(HoursForm):
    """What a programme suggests; `TemplateForm` asks for the hours as well."""

    objectives = Paragraphs("Objectives (optional)", validators=[at_most("The objectives", 6000)])
    sessions = OneOf("How often do they meet? (optional)", choices=CADENCES)

    @property
    def start(self) -> Start:
        lines = [Aim(line.strip()) for line in str(self.objectives.data).splitlines() if line.strip()]
        return Start(lines, tuple(self.minutes.items()), Cadence(self.sessions.data) if self.sessions.data else None)


TemplateForm = with_hours(SuggestionForm, CATEGORIES)


def values_of_objective(objective: Objective | None) -> dict[str, Any]:
    if objective is None:
        return {"capabilities": []}
    return {"words": objective.words, "capabilities": [str(one.id) for one in objective.capabilities]}


def values_of_working(agreement: LearningAgreement) -> dict[str, Any]:
    return {
        "sessions": agreement.sessions.value if agreement.sessions else None,
        "working_pattern": agreement.working_pattern,
        "adjustments": agreement.adjustments,
    }


def values_of_template(template: AgreementTemplate | None) -> dict[str, Any]:
    if template is None:
        return {}
    return {
        "objectives": "\n".join(template.objectives),
        "sessions": template.sessions.value if template.sessions else None,
        **hours_in(template.minutes_by_category),
    }
