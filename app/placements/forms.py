"""What a learner enters to decline an offer."""

from wtforms.validators import DataRequired, Length

from app.web.fields import Paragraphs, SureForm


class DeclineForm(SureForm):
    """Why not: it helps the coordinator to find something better."""

    reason = Paragraphs(
        "Why does this offer not suit you?",
        validators=[
            DataRequired("Enter why the offer does not suit you, in a few words"),
            Length(max=1000, message="The reason must be 1,000 characters or fewer"),
        ],
    )
