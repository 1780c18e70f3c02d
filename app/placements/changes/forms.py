"""What learner and mentor enter to ask for a change, and what a learner enters to say no."""

from wtforms.validators import DataRequired, InputRequired

from app.models.course.changes_asked import AskedKind
from app.web.fields import Day, OneOf, Paragraphs, SureForm
from app.web.validators import at_most

KINDS = [(AskedKind.PAUSE.name, "Pause it for a while"), (AskedKind.END.name, "End it before its last day")]


class AskForm(SureForm):
    """A learner's wish to pause or to end her placement."""

    kind = OneOf("What do you ask for?", choices=KINDS, validators=[DataRequired("Choose what you ask for")])
    from_on = Day("From which day?", validators=[InputRequired("Enter from which day")])
    until_on = Day("When could it go on? (optional)")
    why = Paragraphs("Why?", validators=[DataRequired("Say why, in a few words"), at_most("The reason")])


class LeaveForm(SureForm):
    """From which day a mentor can no longer mentor."""

    from_on = Day("From which day can you no longer be the mentor?", validators=[InputRequired("Enter from which day")])
    why = Paragraphs("Why?", validators=[DataRequired("Say why, in a few words"), at_most("The reason")])


class NoForm(SureForm):
    """Why a place does not suit."""

    why = Paragraphs(
        "Why does this place not suit you?", validators=[DataRequired("Say why, in a few words"), at_most("The reason")]
    )
