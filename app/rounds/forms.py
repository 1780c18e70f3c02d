"""Forms for opening a round and changing its dates."""

from wtforms.validators import DataRequired, InputRequired, Length

from app.models.programmes import Level
from app.web.deeds.meanwhile import ChangingForm
from app.web.deeds.moments import Beginning, End
from app.web.fields import AnyOf, OneOf, Text


class RoundDatesForm(ChangingForm):
    """When a round is open and until when its offers can be answered."""

    opens_at = Beginning("Requests open", validators=[InputRequired("Enter when requests open")])
    closes_at = End("Requests close", validators=[InputRequired("Enter when requests close")])
    answer_until = End(
        "Offers are answered by", validators=[InputRequired("Enter until when learners answer their offers")]
    )


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
