"""Until when a reason can wait, and why."""

from wtforms.validators import DataRequired, InputRequired

from app.web.fields import Day, Paragraphs, SureForm
from app.web.validators import at_most

WORDS_MAX = 500


class AcknowledgeForm(SureForm):
    """The day until which it is put aside, and what is done about it meanwhile."""

    until_on = Day(
        "Last day on which it can wait", validators=[InputRequired("Enter the last day on which it can wait")]
    )
    words = Paragraphs(
        "What is being done about it?",
        validators=[DataRequired("Say what is being done about it"), at_most("The words", WORDS_MAX)],
    )
