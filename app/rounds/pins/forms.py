"""The forms of pins: fixing a pairing, saying that its evidence was seen, and a list of them."""

from typing import Any

from flask import current_app
from flask_wtf.file import FileRequired
from wtforms.validators import DataRequired, InputRequired, Length

from app.config import Settings
from app.language.refusal import Refused
from app.models.runs import Circumstance, EvidenceKind, PinKind
from app.web.fields import Day, Form, OneOf, Paragraphs, Pick, SureForm, Upload


class PinForm(SureForm):
    """An opening for a learner, and why."""

    opening_id = Pick("Opening", validators=[InputRequired("Choose the opening")])
    kind = OneOf(
        "Why is this pairing fixed?",
        choices=[(kind.value, kind.value[:1].upper() + kind.value[1:]) for kind in PinKind],
        validators=[InputRequired("Choose why this pairing is fixed")],
    )
    circumstance = OneOf(
        "Which circumstances?",
        choices=[(one.value, one.value[:1].upper() + one.value[1:]) for one in Circumstance],
    )
    reason = Paragraphs(
        "The reason in your own words",
        validators=[
            DataRequired("Enter the reason, so that others can follow it"),
            Length(max=500, message="Use at most 500 characters for the reason"),
        ],
    )

    @property
    def named_circumstance(self) -> Circumstance | None:
        """Which circumstances fix the pairing, where it is circumstances that do."""
        is_meant = self.kind.data == PinKind.CIRCUMSTANCES.value and self.circumstance.data
        return Circumstance(self.circumstance.data) if is_meant else None

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        if self.kind.data == PinKind.CIRCUMSTANCES.value and not self.circumstance.data:
            self.refuse(Refused("Choose which circumstances", self.circumstance.name))
            is_good = False
        return is_good


class EvidenceForm(SureForm):
    """That somebody has seen the evidence, when, and of what kind it was."""

    kind = OneOf(
        "What have you seen?",
        choices=[(kind.value, kind.value[:1].upper() + kind.value[1:]) for kind in EvidenceKind],
        validators=[InputRequired("Choose what you have seen")],
    )
    seen_on = Day("Seen on", validators=[InputRequired("Enter the day on which you saw it")])


class ListForm(Form):
    """A file with agreed pairs."""

    file = Upload("The list, as a CSV file", validators=[FileRequired("Choose a file")])


def needs_evidence(kind: PinKind) -> bool:
    """True where the operator wants a second person to see what such a pin rests on."""
    settings: Settings = current_app.extensions["rpe_settings"]
    return kind.name.lower() in settings.pins_with_evidence.split()
