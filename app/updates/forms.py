"""What people enter about updates: an address and topics, and what is written to them."""

from typing import Any

from wtforms.validators import DataRequired, Email, InputRequired, Length

from app.models.public.updates import PublicUpdate, Subscriber, UpdateTopic
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import AnyOf, Form, Paragraphs, Pick, SureForm, Text
from app.web.validators import at_most

TOPICS = [(topic.name, topic.value) for topic in UpdateTopic]
EMAIL_MAX, SUBJECT_MAX, WORDS_MAX = 254, 120, 5000  # the longest address that mail knows


class TopicsForm(Form):
    """What somebody wants to hear of."""

    topics = AnyOf(
        "What do you want to hear of?",
        choices=TOPICS,
        validators=[DataRequired("Choose at least one topic")],
    )

    @property
    def chosen(self) -> frozenset[UpdateTopic]:
        return frozenset(UpdateTopic[name] for name in self.topics.data)

    @classmethod
    def of(cls, subscriber: Subscriber, **given: Any) -> "TopicsForm":
        return cls(**given, data={"topics": [topic.name for topic in subscriber.topics]})


class RegisterForm(TopicsForm):
    """The same, and where it goes."""

    email = Text(
        "Email address",
        validators=[
            DataRequired("Enter your email address"),
            Email("Enter an email address in the usual form, like name@example.org"),
            Length(max=EMAIL_MAX, message=f"The email address must be {EMAIL_MAX} characters or fewer"),
        ],
    )

    @property
    def address(self) -> str:
        return str(self.email.data).lower()


class UpdateForm(ChangingForm, SureForm):
    """An update as its readers get it."""

    topic = Pick(
        "Who gets it?",
        choices=[("", "Choose a topic"), *TOPICS],
        validators=[InputRequired("Choose who gets it")],
    )
    subject = Text("Subject", validators=[DataRequired("Enter a subject"), at_most("The subject", SUBJECT_MAX)])
    words = Paragraphs(
        "What do you write?", validators=[DataRequired("Enter what you write"), at_most("The update", WORDS_MAX)]
    )

    @classmethod
    def of(cls, update: PublicUpdate) -> "UpdateForm":
        said = {"topic": update.topic.name, "subject": update.subject, "words": update.words}
        return cls(formdata=None, data=said)
