"""What learners enter about prior learning, and what programme leads decide."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.academic.prior_learning import PriorLearningClaim, SourceKind
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, Module
from app.prior_learning.words import LEVELS
from app.rules.prior_learning.facts import Facts
from app.rules.prior_learning.granting import Exemption, field_of
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import Day, Form, OneOf, Paragraphs, Pick, SureForm, Text, Upload, WholeNumber
from app.web.validators import at_most, between, is_web_address

AMOUNT, GRANTED, REFUSED, UPHELD = "amount", "granted", "refused", "upheld"
SHORT, REASON_MAX, WORDS_MAX, LINK_MAX = 200, 1000, 4000, 1000
SOURCE_CREDITS_MAX = 180


class ClaimForm(SureForm):
    """What a claim is for, and how what was learnt meets it."""

    module = OneOf("What do you claim credit for?", validators=[InputRequired("Choose what you claim credit for")])
    credits = WholeNumber("How many credits?", validators=[Optional(), between(1, CREDITS_A_LEVEL, "The credits")])
    words = Paragraphs(
        "How does what you have learnt meet it?",
        validators=[DataRequired("Say how what you have learnt meets it"), at_most("What you write", WORDS_MAX)],
    )

    def offer(self, modules: Sequence[tuple[Module, int]], *, takes_amounts: bool) -> None:
        """The modules with the credits of them that can be claimed, and an amount of the level where that can be."""
        amount = [(AMOUNT, "Credits of the level, for no module alone")] if takes_amounts else []
        self.module.offer([*((str(one.id), f"{one.title}, {left} credits") for one, left in modules), *amount])

    @property
    def is_amount(self) -> bool:
        return bool(self.module.data == AMOUNT)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.is_amount and self.credits.data is None:
            self.refuse(Refused("Enter how many credits", "credits"))
            return False
        return True


class ChangeClaimForm(ClaimForm, ChangingForm):
    """The same for a claim that is there already."""


def answers_of(claim: PriorLearningClaim) -> dict[str, Any]:
    """What the form begins with."""
    aim = str(claim.module_id) if claim.module_id else AMOUNT
    return {"module": aim, "credits": None if claim.module_id else claim.credits, "words": claim.words}


class SourceForm(SureForm):
    """What every source has: words, and what shows it."""

    kind = HiddenField()
    words = Paragraphs("What did you learn?", validators=[at_most("What you learnt", WORDS_MAX)])
    link = Text("Link to something that shows it", validators=[at_most("The link", LINK_MAX)])
    file = Upload("File that shows it")
    form_key = HiddenField(validators=[Length(min=16, max=64)])

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.link.data and not is_web_address(self.link.data):
            self.refuse(Refused("Enter an address that begins with https:// or http://", "link"))
            return False
        return True


class ModuleForm(SourceForm):
    """A module or course elsewhere."""

    title = Text(
        "Name of the module or course", validators=[DataRequired("Enter its name"), at_most("The name", SHORT)]
    )
    body = Text(
        "University or body that awarded it",
        validators=[DataRequired("Enter who awarded it"), at_most("Who awarded it", SHORT)],
    )
    level = Pick("Level", choices=[("", "I do not know"), *((str(one), words) for one, words in LEVELS.items())])
    credits = WholeNumber(
        "Credits",
        validators=[InputRequired("Enter its credits"), between(1, SOURCE_CREDITS_MAX, "The credits")],
    )
    finished_on = Day("When was it awarded?", validators=[DataRequired("Enter when it was awarded")])


class WorkForm(SourceForm):
    """Learning at work."""

    title = Text("What was it?", validators=[DataRequired("Enter what it was"), at_most("What it was", SHORT)])
    body = Text("Where?", validators=[DataRequired("Enter where it was"), at_most("Where it was", SHORT)])
    finished_on = Day("Until when?", validators=[DataRequired("Enter until when; today, if it goes on")])
    words = Paragraphs(
        "What did you learn?",
        validators=[DataRequired("Say what you learnt"), at_most("What you learnt", WORDS_MAX)],
    )


class HereForm(SourceForm):
    """Credit that a university has decided on this service."""

    decision = Pick("Which credit?", validators=[InputRequired("Choose the credit")])

    def offer(self, decisions: Sequence[CreditDecision]) -> None:
        self.decision.offer(
            [
                ("", "Choose one"),
                *(
                    (
                        str(one.id),
                        f"{one.module.title}, {one.credits} credits, {one.enrolment.programme.provider.name}",
                    )
                    for one in decisions
                ),
            ]
        )


class RecordForm(SourceForm):
    """A signed record of another service, which a university has taken."""

    record = Pick("Which record?", validators=[InputRequired("Choose the record")])

    def offer(self, records: Sequence[RecordOfElsewhere]) -> None:
        self.record.offer([("", "Choose one"), *((str(one.id), f"{one.name}, {one.issuer_name}") for one in records)])


FORMS: dict[SourceKind, type[SourceForm]] = {
    SourceKind.MODULE: ModuleForm,
    SourceKind.EXPERIENCE: WorkForm,
    SourceKind.HERE: HereForm,
    SourceKind.RECORD: RecordForm,
}


class ReasonForm(SureForm):
    """Why a claim is sent back, a decision is void, or somebody appeals."""

    reason = Paragraphs("Why?", validators=[DataRequired("Say why, in a few words"), at_most("It", REASON_MAX)])


class DecisionForm(SureForm):
    """What a lead decides; a field for each source is added by `decision_form`."""

    outcome = OneOf(
        "What did the university decide?",
        choices=[(GRANTED, "To recognise the credits below"), (REFUSED, "Not to recognise any")],
        validators=[InputRequired("Choose what was decided")],
    )
    decided_on = Day("When was it decided?", validators=[DataRequired("Enter when it was decided")])
    reason = Paragraphs("Why?", validators=[at_most("The reason", REASON_MAX)])
    exempted_by = Text("Who gave the exemption?", validators=[at_most("Who gave it", SHORT)])
    exemption_reference = Text("Reference of the exemption", validators=[at_most("The reference", SHORT)])
    revision = HiddenField()

    def offer_to_uphold(self, granted: int) -> None:
        """On an appeal against a part: it can only be for the better, so that part is the least."""
        upheld = f"That what was decided first stands: {count(granted, 'credit')}"
        self.outcome.offer([(GRANTED, "To recognise the credits below"), (UPHELD, upheld)])

    @property
    def revision_read(self) -> int:
        text = self.revision.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else -1

    @property
    def is_granted(self) -> bool:
        return bool(self.outcome.data == GRANTED)

    @property
    def is_upheld(self) -> bool:
        return bool(self.outcome.data == UPHELD)

    @property
    def exemption(self) -> Exemption:
        return Exemption(self.exempted_by.data or "", self.exemption_reference.data or "")


def decision_form(facts: Facts, upholds: int = 0, formdata: Any = ..., **given: Any) -> DecisionForm:
    """A form with the credits of each source; `upholds` are those that were granted already, where that is appealed."""
    fields = {
        field_of(one.id): WholeNumber(
            f"Credits that count of “{one.title}”",
            default=0,
            validators=[Optional(), NumberRange(0, CREDITS_A_LEVEL, f"Enter between 0 and {CREDITS_A_LEVEL}")],
        )
        for one in facts.learnt
    }
    form_class = type("DecisionForm", (DecisionForm,), fields)
    form: DecisionForm = form_class(**given) if formdata is ... else form_class(formdata=formdata, **given)
    if upholds:
        form.offer_to_uphold(upholds)
    return form


def uses_in(form: Form, facts: Facts) -> dict[int, int]:
    """The credits of each source that count, by its id."""
    return {one.id: form[field_of(one.id)].data or 0 for one in facts.learnt}
