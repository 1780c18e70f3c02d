"""One sum that was spent, and why one is taken out again."""

from wtforms.validators import DataRequired, InputRequired

from app.models.bursaries.spending import SpentOn
from app.web.fields import Day, OneOf, Paragraphs, SureForm, Text
from app.web.forms.money import Pounds
from app.web.validators import at_most


class SpendingForm(SureForm):
    """What was spent, when and on what."""

    spent_on = Day("When was it spent?", validators=[InputRequired("Enter the day on which it was spent")])
    kind = OneOf(
        "On what?",
        choices=[(one.name, one.value.capitalize()) for one in SpentOn],
        validators=[InputRequired("Choose what it was spent on")],
    )
    sum = Pounds("Sum in pounds", validators=[InputRequired("Enter the sum")])
    words = Text("What it was for", validators=[DataRequired("Say what it was for"), at_most("What it was for", 200)])


class TakeOutForm(SureForm):
    """Why a sum is wrong."""

    why = Paragraphs("Why is it taken out?", validators=[DataRequired("Say why"), at_most("The reason", 500)])
