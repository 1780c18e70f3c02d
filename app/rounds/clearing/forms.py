"""Forms of what follows a publication: the days of a turn, the last day to answer one offer, more time."""

from wtforms.validators import InputRequired, NumberRange

from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import Day, Form, WholeNumber

MOST_DAYS = 10


class OpenTurnForm(Form):
    """When those who wait hear, and until when they answer."""

    hears_by = Day("Learners hear by", validators=[InputRequired("Enter the day by which learners hear")])
    answer_by = Day("Last day to answer an offer", validators=[InputRequired("Enter the last day to answer an offer")])


class OfferPlaceForm(Form):
    """Until when one offer is to be answered."""

    answer_by = Day("Last day to answer", validators=[InputRequired("Enter the last day to answer")])


class MoreTimeForm(ChangingForm):
    """How much more time a learner can have, once, to answer."""

    more_time_days = WholeNumber(
        "How many working days more can a learner have to answer, if she asks?",
        validators=[
            InputRequired("Enter how many working days, 0 for none"),
            NumberRange(min=0, max=MOST_DAYS, message=f"Enter a number from 0 to {MOST_DAYS}"),
        ],
    )
