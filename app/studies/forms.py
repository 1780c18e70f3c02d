"""What a coordinator fills in about a study."""

from wtforms.validators import Optional

from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import WholeNumber
from app.web.validators import between

LIMIT_MAX = 200


class LimitForm(ChangingForm):
    """How many learners a study takes at once."""

    learner_limit = WholeNumber(
        "Most learners at once over all openings",
        validators=[Optional(), between(0, LIMIT_MAX, "The number of learners")],
    )
