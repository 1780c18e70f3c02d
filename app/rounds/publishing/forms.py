"""The form that publishes a run."""

from wtforms.validators import Length

from app.web.fields import Paragraphs, SureForm


class PublishForm(SureForm):
    """Why another policy is published than was announced, where that is so."""

    reason = Paragraphs(
        "Why another policy than you announced?",
        validators=[Length(max=500, message="Use at most 500 characters for the reason")],
    )
