"""What a coordinator checks about a nomination, or why she does not verify it."""

from collections.abc import Mapping

from wtforms.validators import DataRequired, InputRequired, Length

from app.models.pairs.nominations import CheckQuestion
from app.nominations.checking.replies import Reply
from app.nominations.forms import NO, REASON_MAX, TITLE, YES
from app.phrasebook.nominations import QUESTIONS
from app.web.fields import OneOf, Paragraphs, SureForm, Text


class RefuseForm(SureForm):
    """Why a nomination is not verified."""

    reason = Paragraphs(
        "Why can it not be verified? The learner reads it.",
        validators=[
            DataRequired("Enter why it cannot be verified, and what would help"),
            Length(max=REASON_MAX, message=f"Use at most {REASON_MAX} characters"),
        ],
    )


class ChecksForm(SureForm):
    """One yes or no, and a note, for each question: `checks_form` makes it."""

    def replies(self) -> Mapping[CheckQuestion, Reply]:
        """What was answered, in the order of the questions; only for a form that is valid."""
        return {one: Reply(self[name_of(one)].data == YES, self[note_of(one)].data or "") for one in QUESTIONS}


def checks_form() -> ChecksForm:
    fields = {}
    for question, asked in QUESTIONS.items():
        needed = [InputRequired("Choose yes or no")]
        choices = [(YES, "Yes"), (NO, "No")]
        fields[name_of(question)] = OneOf(asked.question, choices=choices, validators=needed)
        fields[note_of(question)] = Text("Note (optional)", validators=[TITLE])
    made: type[ChecksForm] = type("ChecksForm", (ChecksForm,), fields)
    return made()


def name_of(question: CheckQuestion) -> str:
    return question.name.lower()


def note_of(question: CheckQuestion) -> str:
    return f"{name_of(question)}_note"
