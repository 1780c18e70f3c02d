"""What an editor enters."""

from wtforms.validators import DataRequired

from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import Form, Paragraphs, SureForm
from app.web.validators import at_most


class RewordForm(Form):
    """A question in other words."""

    words = Paragraphs("The question", validators=[DataRequired("Enter the question"), at_most("The question", 300)])


class ShowForm(SureForm, ChangingForm):
    """What readers see of somebody's words."""

    shown = Paragraphs(
        "What readers see",
        validators=[DataRequired("Enter what readers are to see, or hold it back"), at_most("What readers see", 2000)],
    )


class HoldBackForm(Form):
    """Why nobody is to read it."""

    reason = Paragraphs("Why?", validators=[DataRequired("Enter why, in a few words"), at_most("The reason", 500)])
