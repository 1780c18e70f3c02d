"""What a programme lead enters to reopen a verified entry."""

from wtforms.validators import DataRequired, Length

from app.web.fields import Paragraphs, SureForm


class ReopenForm(SureForm):
    """Why."""

    reason = Paragraphs(
        "Why?",
        validators=[
            DataRequired("Say why, in a few words"),
            Length(max=1000, message="Your words must be 1,000 characters or fewer"),
        ],
    )
