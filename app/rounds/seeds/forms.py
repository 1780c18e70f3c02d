"""The form that draws another seed."""

from wtforms import HiddenField
from wtforms.validators import DataRequired, Length

from app.web.fields import Paragraphs, SureForm


class DrawSeedForm(SureForm):
    """Why the lottery is to fall another way; `shown_digest` is of the seed that the page showed."""

    shown_digest = HiddenField()
    reason = Paragraphs(
        "Why is another seed needed?",
        validators=[
            DataRequired("Enter the reason, so that others can follow it"),
            Length(max=500, message="Use at most 500 characters for the reason"),
        ],
    )
