"""What a programme lead enters about a credit decision, and why one is void."""

from collections.abc import Iterable

from wtforms.validators import DataRequired

from app.models.programmes import CreditOutcome, Module
from app.phrasebook.of_programmes.credit import OUTCOMES
from app.rules.credit.outcomes import DECIDED, Said
from app.web.fields import Day, OneOf, Paragraphs, SureForm, Text
from app.web.validators import at_most

REASON_MAX, REFERENCE_MAX = 1000, 100


class CreditForm(SureForm):
    """Which module, what was decided, when, and on what it rests."""

    module = OneOf("Which module?", validators=[DataRequired("Choose the module")])
    outcome = OneOf(
        "What did the university decide?",
        choices=[(one.value, OUTCOMES[one]) for one in DECIDED],
        validators=[DataRequired("Choose what was decided")],
    )
    until_on = Day("Until which day?")
    words = Paragraphs("What should the learner know?", validators=[at_most("What you write", REASON_MAX)])
    decided_on = Day("When was it decided?", validators=[DataRequired("Enter when it was decided")])
    considered = Paragraphs("What else was considered?", validators=[at_most("What was considered", REASON_MAX)])
    board_reference = Text(
        "Board reference (if a board has minuted it)", validators=[at_most("The reference", REFERENCE_MAX)]
    )
    reason = Paragraphs(
        "If something is missing from the record: why are the credits earned all the same?",
        validators=[at_most("The reason", REASON_MAX)],
    )

    def offer_modules(self, modules: Iterable[Module]) -> None:
        self.module.offer([(str(module.id), f"{module.title}, {module.credits} credits") for module in modules])

    @property
    def said(self) -> Said:
        """The outcome with what belongs to it; only of a form that is valid."""
        return Said(
            CreditOutcome(self.outcome.data),
            self.until_on.data,
            self.words.data or "",
            self.reason.data or "",
            self.considered.data or "",
            self.board_reference.data or "",
        )


class VoidForm(SureForm):
    """Why a decision does not count."""

    reason = Paragraphs("Why?", validators=[DataRequired("Say why it is void"), at_most("The reason", REASON_MAX)])
