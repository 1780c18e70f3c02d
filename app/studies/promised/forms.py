"""What a coordinator fills in about the learners that a mentor was promised."""

from wtforms.validators import Optional

from app.studies.profiles.forms import LEARNERS_MAX
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import WholeNumber
from app.web.validators import between


class PromiseForm(ChangingForm):
    """How many learners a round must give a mentor; empty for none."""

    learner_minimum = WholeNumber(
        "Learners that a round must give this mentor",
        validators=[Optional(), between(1, LEARNERS_MAX, "The learners that a round must give this mentor")],
    )
