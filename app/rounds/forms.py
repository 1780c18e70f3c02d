"""Forms for opening a round and changing its dates."""

from wtforms.validators import DataRequired, InputRequired, Length

from app.models.programmes import Level
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import AnyOf, Day, OneOf, Text


class RoundDatesForm(ChangingForm):
    """When a round is open and until when its offers can be answered."""

    opens_on = Day("First day for requests", validators=[InputRequired("Enter the first day for requests")])
    closes_on = Day("Last day for requests", validators=[InputRequired("Enter the last day for requests")])
    answer_by = Day("Last day to answer an offer", validators=[InputRequired("Enter the last day to answer an offer")])


class OpenRoundForm(RoundDatesForm):
    """A new round."""

    name = Text(
        "Name of the round",
        validators=[
            DataRequired("Enter a name for the round, like Spring 2026"),
            Length(max=80, message="Use at most 80 characters for the name"),
        ],
    )
    level = OneOf(
        "Level",
        choices=[(level.value, level.value) for level in Level],
        validators=[InputRequired("Choose the level")],
    )
    network_ids = AnyOf(
        "Networks",
        coerce=int,
        validators=[InputRequired("Choose at least one network")],
    )
