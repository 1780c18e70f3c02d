"""What a learner is asked about a mentor."""

from typing import Any

from wtforms.validators import DataRequired

from app.models.meetings.feedback import Answer
from app.supervision.feedback.words import ANSWERS, QUESTIONS
from app.web.fields import OneOf, Paragraphs, SureForm
from app.web.validators import at_most


def asked(question: str) -> OneOf:
    words = QUESTIONS[question]
    return OneOf(words, validators=[DataRequired(f"Choose how far this was so: “{words}”")])


class FeedbackForm(SureForm):
    """Four questions and a box."""

    met_enough = asked("met_enough")
    could_ask = asked("could_ask")
    helped = asked("helped")
    belonged = asked("belonged")
    words = Paragraphs(
        "What should your mentor go on with, or do otherwise? (optional)", validators=[at_most("Your words", 1000)]
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for question in QUESTIONS:
            self[question].offer([(answer.value, words) for answer, words in ANSWERS.items()])

    @property
    def answers(self) -> dict[str, Answer]:
        return {question: Answer(self[question].data) for question in QUESTIONS}
