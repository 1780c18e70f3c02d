"""Whom a mentor names as deputy and for which days, and what the deputy answers."""

from wtforms.validators import DataRequired, Email, InputRequired

from app.web.fields import Day, Paragraphs, SureForm, Text
from app.web.validators import at_most

REASON_MAX = 500


class DeputyForm(SureForm):
    """Who stands in, from when until when, and why."""

    email = Text(
        "Email address of your deputy",
        validators=[
            DataRequired("Enter the email address of your deputy"),
            Email("Enter an email address like name@example.nhs.uk"),
            at_most("The email address", 120),
        ],
    )
    starts_on = Day("First day", validators=[InputRequired("Enter the first day")])
    ends_on = Day("Last day", validators=[InputRequired("Enter the last day")])
    reason = Paragraphs("Why?", validators=[DataRequired("Say why, in a few words"), at_most("The reason", REASON_MAX)])


class DeclineForm(SureForm):
    """Why somebody does not stand in."""

    reason = Paragraphs("Why not? (optional)", validators=[at_most("The reason", REASON_MAX)])
