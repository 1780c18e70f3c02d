"""What a learner says when she asks for a review, and what a coordinator answers."""

from wtforms.validators import DataRequired, InputRequired, Length

from app.web.fields import OneOf, Paragraphs, SureForm

STANDS, CORRECTED = "stands", "corrected"
LONGEST = Length(max=2000, message="Use at most 2,000 characters")


class AskForm(SureForm):
    """What she thinks went wrong."""

    words = Paragraphs(
        "What should a person look at again?",
        validators=[DataRequired("Enter what should be looked at again, in your own words"), LONGEST],
    )


class AnswerForm(SureForm):
    """What was found; `correction` counts only where something is to be put right."""

    outcome = OneOf(
        "What did you find?",
        choices=[(STANDS, "The decision stands"), (CORRECTED, "Something is to be put right")],
        validators=[InputRequired("Choose what you found")],
    )
    answer = Paragraphs(
        "Your answer to the learner", validators=[DataRequired("Enter your answer to the learner"), LONGEST]
    )
    correction = Paragraphs("What is to be put right, and how?", validators=[LONGEST])
