"""What a coordinator enters to change the course of a placement."""

from collections.abc import Iterable

from wtforms.validators import DataRequired, InputRequired

from app.models.placements import ELSEWHERE, Cause, Outcome
from app.web.fields import Day, OneOf, Paragraphs, Pick, SureForm
from app.web.validators import at_most

OUTCOMES = [(one.name, one.value.capitalize()) for one in Outcome if one not in ELSEWHERE]
CAUSES = [(one.name, one.value[:1].upper() + one.value[1:]) for one in Cause]


def why(label: str = "Say why, in a few words") -> Paragraphs:
    return Paragraphs(label, validators=[DataRequired("Say why, in a few words"), at_most("The reason")])


class PauseForm(SureForm):
    """From when until when a placement rests, and until when it runs afterwards."""

    from_on = Day("First day of the pause", validators=[InputRequired("Enter the first day of the pause")])
    resumes_on = Day("Day on which it goes on", validators=[InputRequired("Enter the day on which it goes on")])
    ends_on = Day("New last day of the placement", validators=[InputRequired("Enter the new last day")])
    reason = why()


class EndForm(SureForm):
    """How and why a placement ends, and on which day."""

    outcome = OneOf("How does it end?", choices=OUTCOMES, validators=[DataRequired("Choose how it ends")])
    cause = Pick(
        "What is the cause?",
        choices=[("", "Choose one"), *CAUSES],
        validators=[DataRequired("Choose the cause")],
    )
    last_day = Day("Last day", validators=[InputRequired("Enter the last day")])
    reason = why()

    def offer_outcomes(self, has_begun: bool) -> None:
        """What has not begun can only be withdrawn."""
        if not has_begun:
            self.outcome.offer([(Outcome.WITHDRAWN.name, Outcome.WITHDRAWN.value.capitalize())])


class MoveForm(SureForm):
    """From when until when a placement goes on elsewhere, and why; to another study the learner says yes or no."""

    first_day = Day("First day there", validators=[InputRequired("Enter the first day there")])
    last_day = Day("Last day there", validators=[InputRequired("Enter the last day there")])
    cause = Pick(
        "What is the cause?",
        choices=[("", "Choose one"), *CAUSES],
        validators=[DataRequired("Choose the cause")],
    )
    reason = why()
    answer_by = Day("Day to answer by", validators=[InputRequired("Enter the day to answer by")])

    def leave_out(self, names: Iterable[str]) -> None:
        for name in names:
            delattr(self, name)


class AnswerForm(SureForm):
    """Why a wish is not agreed to."""

    answer = why("Why do you not agree?")
