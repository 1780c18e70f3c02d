"""The form that fixes a pairing."""

from wtforms.validators import DataRequired, InputRequired, Length

from app.models.runs import PinKind
from app.web.fields import OneOf, Paragraphs, Pick, SureForm


class PinForm(SureForm):
    """An opening for a learner, and why."""

    opening_id = Pick("Opening", validators=[InputRequired("Choose the opening")])
    kind = OneOf(
        "Why is this pairing fixed?",
        choices=[(kind.value, kind.value[:1].upper() + kind.value[1:]) for kind in PinKind],
        validators=[InputRequired("Choose why this pairing is fixed")],
    )
    reason = Paragraphs(
        "The reason in your own words",
        validators=[
            DataRequired("Enter the reason, so that others can follow it"),
            Length(max=500, message="Use at most 500 characters for the reason"),
        ],
    )
