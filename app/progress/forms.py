"""What a programme lead enters about a credit decision."""

from collections.abc import Iterable

from wtforms.validators import DataRequired

from app.models.programmes import Module
from app.web.fields import Day, Form, OneOf

EARNED, NOT_EARNED = "earned", "not earned"


class CreditForm(Form):
    """Which module, what was decided and when."""

    module = OneOf("Which module?", validators=[DataRequired("Choose the module")])
    outcome = OneOf(
        "What did the university decide?",
        choices=[(EARNED, "The credits are earned"), (NOT_EARNED, "The credits are not earned")],
        validators=[DataRequired("Choose what was decided")],
    )
    decided_on = Day("When was it decided?", validators=[DataRequired("Enter when it was decided")])

    def offer_modules(self, modules: Iterable[Module]) -> None:
        self.module.offer([(str(module.id), f"{module.title}, {module.credits} credits") for module in modules])
