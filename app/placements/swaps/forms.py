"""The code that a learner was given, and why a coordinator does not agree."""

from wtforms.validators import DataRequired

from app.web.fields import Form, Paragraphs, SureForm, Text
from app.web.validators import at_most


class CodeForm(Form):
    """The code of another learner's place."""

    code = Text("Code of the other learner", validators=[DataRequired("Enter the code that you were given")])


class RefuseSwapForm(SureForm):
    """Why two learners cannot swap."""

    answer = Paragraphs(
        "Why do you not agree?", validators=[DataRequired("Say why, in a few words"), at_most("The reason")]
    )
