"""What a coordinator fills in about how many learners a study takes."""

from wtforms.validators import Optional

from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import WholeNumber
from app.web.validators import between

LIMIT_MAX = 200


class LimitForm(ChangingForm):
    """How many learners a study takes at once, at the most and at the least."""

    learner_limit = WholeNumber(
        "Most learners at once over all openings",
        validators=[Optional(), between(0, LIMIT_MAX, "The number of learners")],
    )
    minimum_if_used = WholeNumber(
        "Fewest learners to start with",
        validators=[Optional(), between(2, LIMIT_MAX, "The fewest learners to start with")],
    )
    learner_minimum = WholeNumber(
        "Learners that a round must give it",
        validators=[Optional(), between(1, LIMIT_MAX, "The learners that a round must give it")],
    )
