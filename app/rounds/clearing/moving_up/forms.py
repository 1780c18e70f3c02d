"""Whether learners of a round who have a place can move up, and why a place that was offered so is taken back."""

from wtforms.validators import DataRequired

from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import Paragraphs, SureForm, Tick
from app.web.validators import at_most


class MovingUpForm(ChangingForm):
    """Said before the first publication, so that everybody can know it before."""

    moves_up = Tick("Learners who have a place can be offered a free one that they ranked higher")


class TakeBackForm(SureForm):
    """What the learner reads, who can no longer move up."""

    reason = Paragraphs(
        "Why do you take it back?", validators=[DataRequired("Say why, in a few words"), at_most("The reason")]
    )
