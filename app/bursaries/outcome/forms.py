"""Why somebody declines, hands back or is ruled out, and whom a free bursary was shown to go to."""

from wtforms import HiddenField
from wtforms.validators import DataRequired

from app.web.fields import Form, Paragraphs, SureForm
from app.web.validators import at_most

REASON_MAX = 500


class DeclineForm(SureForm):
    """A learner need not say why."""

    reason = Paragraphs("Why do you decline? (optional)", validators=[at_most("The reason", REASON_MAX)])


class HandBackForm(SureForm):
    """Why a bursary is given back."""

    reason = Paragraphs(
        "Why is it handed back?",
        validators=[DataRequired("Say why it is handed back, in a few words"), at_most("The reason", REASON_MAX)],
    )


class RuleOutForm(SureForm):
    """Which condition does not hold, for the learner to read."""

    reason = Paragraphs(
        "Which condition is not met, and how do you know?",
        validators=[DataRequired("Say which condition is not met"), at_most("The reason", REASON_MAX)],
    )


class OfferNextForm(Form):
    """Who was next when the page was shown."""

    shown = HiddenField()

    @property
    def shown_id(self) -> int:
        return int(self.shown.data) if str(self.shown.data).isdecimal() else 0
