"""What a coordinator says when she publishes a run, or takes that back."""

from wtforms import HiddenField
from wtforms.validators import DataRequired, InputRequired, Length

from app.models.publications import TakeBackKind
from app.web.fields import OneOf, Paragraphs, SureForm, Tick


class PublishForm(SureForm):
    """That she has looked at what the checks found, as they were when she did (`seen`), and why another policy.

    A reason is asked for where she announced another one.
    """

    has_looked = Tick("I have looked at these")
    seen = HiddenField()
    reason = Paragraphs(
        "Why another policy than you announced?",
        validators=[Length(max=500, message="Use at most 500 characters for the reason")],
    )


class TakeBackForm(SureForm):
    """Why: a code for the log that anybody may read, and words for those who were told."""

    kind = OneOf(
        "What was wrong?",
        choices=[(kind.value, kind.value.capitalize()) for kind in TakeBackKind],
        validators=[InputRequired("Choose what was wrong")],
    )
    reason = Paragraphs(
        "What should everybody read who was told of the result?",
        validators=[
            DataRequired("Enter why the result is taken back, in a few words"),
            Length(max=1000, message="The reason must be 1,000 characters or fewer"),
        ],
    )
