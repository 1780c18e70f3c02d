"""Whom a call has as assessors, what one of them gives, and the interest that she declares or takes back."""

from collections.abc import Sequence

from wtforms.validators import DataRequired, Email, InputRequired

from app.models.bursaries.assessing import POINTS_MAX
from app.models.bursaries.calls import Criterion
from app.web.fields import Form, OneOf, Paragraphs, SureForm, Text, Tick
from app.web.validators import at_most

POINTS = tuple((str(n), str(n)) for n in range(POINTS_MAX + 1))


class AssessorForm(Form):
    """Who is to assess."""

    email = Text(
        "Email address of the assessor",
        validators=[
            DataRequired("Enter the email address of the assessor"),
            Email("Enter an email address in the usual form, like name@example.org"),
        ],
    )


class ScoreForm(SureForm):
    """Why an application gets the points that are given beside it."""

    words = Paragraphs(
        "Why these points?", validators=[DataRequired("Say why, in a few words"), at_most("Your reasons", 2000)]
    )
    no_interest = Tick(
        "I have no conflict of interest in this application",
        validators=[InputRequired("Tick that you have no conflict of interest, or declare it below")],
    )

    def points_of(self, criteria: Sequence[Criterion]) -> dict[str, int]:
        """The points by the id of each criterion; only of a form that is valid."""
        return {str(one.id): int(self[name_of(one)].data) for one in criteria}

    def gives(self, criteria: Sequence[Criterion]) -> list[OneOf]:
        return [self[name_of(one)] for one in criteria]


def score_form(criteria: Sequence[Criterion]) -> type[ScoreForm]:
    """The form with a field for each criterion of a call."""
    fields = {
        name_of(one): OneOf(one.title, choices=POINTS, validators=[InputRequired(f"Give points for “{one.title}”")])
        for one in criteria
    }
    return type("ScoreFormOfCall", (ScoreForm,), fields)


def name_of(criterion: Criterion) -> str:
    return f"criterion_{criterion.id}"


class InterestForm(SureForm):
    """Why she does not assess this one."""

    reason = Paragraphs(
        "What is the interest?",
        validators=[DataRequired("Say what the interest is, in a few words"), at_most("The interest", 500)],
    )


class TakeBackForm(SureForm):
    """Why there is no interest after all."""

    why = Paragraphs(
        "Why is there no conflict of interest?",
        validators=[DataRequired("Say why there is none, in a few words"), at_most("The reason", 500)],
    )
