"""What somebody asks, and what an editor does with it."""

from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from app.models.operations.public_questions import Topic
from app.web.fields import Form, Paragraphs, Pick, SureForm, Text

TOPICS = [(topic.name, topic.value) for topic in Topic]
LONGEST = Length(max=2000, message="Use at most 2,000 characters")


def topic_field() -> Pick:
    return Pick(
        "What is it about?",
        choices=[("", "Choose one"), *TOPICS],
        validators=[InputRequired("Choose what it is about")],
    )


class AskForm(SureForm):
    """A question, and where the answer goes."""

    words = Paragraphs("Your question", validators=[DataRequired("Enter your question"), LONGEST])
    topic = topic_field()
    email = Text(
        "Email address (if you want the answer by email)",
        validators=[Optional(), Email("Enter an email address in the usual form, like name@example.org")],
    )


class PublishForm(SureForm):
    """What everybody reads."""

    shown = Paragraphs(
        "The question as everybody reads it",
        validators=[DataRequired("Enter the question as everybody is to read it"), LONGEST],
    )
    answer = Paragraphs("The answer", validators=[DataRequired("Enter the answer"), LONGEST])
    topic = topic_field()


class MailForm(Form):
    """An answer to the one who asked."""

    words = Paragraphs("Your answer", validators=[DataRequired("Enter your answer"), LONGEST])


class ReasonForm(Form):
    """Why a question is not answered, or no longer."""

    reason = Paragraphs("Why?", validators=[DataRequired("Enter why, in a few words"), LONGEST])
