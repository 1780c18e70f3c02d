"""What a programme lead enters about a credit decision."""

from collections.abc import Iterable

from wtforms.validators import DataRequired

from app.models.programmes import Module
from app.web.fields import Day, Form, OneOf, Paragraphs
from app.web.validators import at_most

REASON_MAX = 1000
EARNED, NOT_EARNED = "earned", "not earned"


class CreditForm(Form):
    """Which module, what was decided and when."""

    module = OneOf("Which module?", validators=[DataRequired("Choose the module")])
    outcome = OneOf(
        "What did the university decide?",
        choices=[(EARNED, "The credits are earned"), (NOT_EARNED, "The credits are not earned")],
        validators=[DataRequired("Choose what was decided")],
    )
    reason = Paragraphs(
        "If no placement for this module is signed off: why are the credits earned all the same?",
        validators=[at_most("The reason", REASON_MAX)],
    )
    decided_on = Day("When was it decided?", validators=[DataRequired("Enter when it was decided")])

    def offer_modules(self, modules: Iterable[Module]) -> None:
        self.module.offer([(str(module.id), f"{module.title}, {module.credits} credits") for module in modules])
