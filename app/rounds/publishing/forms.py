"""What a coordinator says when she publishes a run, or takes that back."""

from wtforms import HiddenField
from wtforms.validators import DataRequired, InputRequired, Length

from app.models.publications import TakeBackKind
from app.web.fields import Form, OneOf, Paragraphs, SureForm, Tick


class PublishForm(Form):
    """That she has looked at what the checks found; `seen` says what they had found when she did."""

    has_looked = Tick("I have looked at these")
    seen = HiddenField()


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
