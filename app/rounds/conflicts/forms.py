"""What a coordinator enters to rule a pair out, and to make an exception."""

from wtforms.validators import DataRequired, InputRequired, Length

from app.models.pairs.conflicts import ConflictKind
from app.web.fields import Day, OneOf, Paragraphs, Pick, SureForm

REASON_MAX = 500
IN_OWN_WORDS = [
    DataRequired("Enter the reason, so that others can follow it"),
    Length(max=REASON_MAX, message=f"Use at most {REASON_MAX} characters for the reason"),
]


class ConflictForm(SureForm):
    """With whom a learner may not be paired, and why."""

    mentor_id = Pick("Mentor", validators=[InputRequired("Choose the mentor")])
    kind = OneOf(
        "What is the mentor to the learner?",
        choices=[(kind.value, kind.value[:1].upper() + kind.value[1:]) for kind in ConflictKind],
        validators=[InputRequired("Choose what the mentor is to the learner")],
    )
    reason = Paragraphs("The reason in your own words", validators=IN_OWN_WORDS)


class ExceptionForm(SureForm):
    """When an exception was agreed, and why the two may be paired all the same."""

    agreed_on = Day("Agreed on", validators=[InputRequired("Enter the day on which the exception was agreed")])
    reason = Paragraphs("Why may they be paired all the same?", validators=IN_OWN_WORDS)
