"""What a programme lead says of prior learning at one level."""

from typing import Any

from wtforms.validators import Optional

from app.language.refusal import Refused
from app.models.programmes import CREDITS_A_LEVEL
from app.prior_learning.words import LEVELS
from app.rules.prior_learning.said import Said
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import OneOf, Pick, SureForm, Text, WholeNumber
from app.web.validators import at_most, between

NOT_SAID, WHOLE, PARTS = "", "whole", "parts"
YEARS_MAX, DAYS_MAX, REFERENCE_MAX = 50, 365, 300


class RuleForm(SureForm, ChangingForm):
    """What is left empty is to be confirmed, and shown so."""

    cap = WholeNumber(
        "How many credits does the university recognise at this level, at the most?",
        validators=[Optional(), between(0, CREDITS_A_LEVEL, "The credits")],
    )
    exempt_cap = WholeNumber(
        "And with an exemption?", validators=[Optional(), between(0, CREDITS_A_LEVEL, "The credits with an exemption")]
    )
    age_years = WholeNumber(
        "After how many years does learning count as experience?",
        validators=[Optional(), between(1, YEARS_MAX, "The years")],
    )
    is_whole_modules = OneOf(
        "What is recognised of modules?",
        choices=[(WHOLE, "Whole modules only"), (PARTS, "Parts too"), (NOT_SAID, "To confirm")],
    )
    lowest_level = Pick(
        "Lowest level", choices=[("", "To confirm"), *((str(one), words) for one, words in LEVELS.items())]
    )
    appeal_days = WholeNumber(
        "Within how many days can a learner appeal?", validators=[Optional(), between(1, DAYS_MAX, "The days")]
    )
    reference = Text("Where does it stand?", validators=[at_most("Where it stands", REFERENCE_MAX)])

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        cap, more = self.cap.data, self.exempt_cap.data
        if more is not None and (cap is None or more < cap):
            self.refuse(Refused("Enter at least as many as without an exemption, or leave it empty", "exempt_cap"))
            return False
        if any(value is not None for value in (cap, more)) and not self.reference.data:
            self.refuse(Refused("Say where it stands: whoever decides rests on it", "reference"))
            return False
        return True

    @property
    def said(self) -> Said:
        whole = {WHOLE: True, PARTS: False}.get(self.is_whole_modules.data or NOT_SAID)
        lowest = int(self.lowest_level.data) if self.lowest_level.data else None
        numbers = self.cap.data, self.exempt_cap.data, self.age_years.data
        return Said(*numbers, whole, lowest, self.appeal_days.data, self.reference.data or "")


def answers_of(said: Said) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "cap": said.cap,
        "exempt_cap": said.exempt_cap,
        "age_years": said.age_years,
        "is_whole_modules": {True: WHOLE, False: PARTS, None: NOT_SAID}[said.is_whole_modules],
        "lowest_level": str(said.lowest_level or ""),
        "appeal_days": said.appeal_days,
        "reference": said.reference,
    }
