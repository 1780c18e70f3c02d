"""What people enter about capabilities: a piece of evidence, why it is withdrawn, how far somebody has come."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import HiddenField
from wtforms.validators import DataRequired, Length, Optional

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.refusal import Refused
from app.models.course.capabilities import Capability, CapabilityLevel
from app.models.course.evidence import EvidenceKind
from app.models.hours import HoursEntry
from app.models.supervision import SupervisionSession
from app.web.fields import AnyOf, OneOf, Paragraphs, Pick, SureForm, Text, Upload
from app.web.fields import Form as PlainForm
from app.web.validators import is_web_address

TITLE_MAX, WORDS_MAX, LINK_MAX, REASON_MAX = 200, 4000, 1000, 1000
LABELS = {
    EvidenceKind.NOTE: "A note: I describe it here",
    EvidenceKind.LINK: "A link to something on the web",
    EvidenceKind.FILE: "A file",
    EvidenceKind.HOURS: "Hours that I have logged",
    EvidenceKind.SESSION: "A session with my mentor",
}


class EvidenceForm(SureForm):
    """One piece of evidence; which of the further fields is asked for depends on its kind."""

    kind = OneOf(
        "What is it?",
        choices=[(kind.value, label) for kind, label in LABELS.items()],
        validators=[DataRequired("Choose what it is")],
    )
    link = Text(
        "Address", validators=[Length(max=LINK_MAX, message=f"The address must be {LINK_MAX:,} characters or fewer")]
    )
    file = Upload("File")
    entry = Pick("Which hours?", validators=[Optional()])
    meeting = Pick("Which session?", validators=[Optional()])
    title = Text(
        "Give it a name",
        validators=[
            DataRequired("Give it a name"),
            Length(max=TITLE_MAX, message=f"The name must be {TITLE_MAX} characters or fewer"),
        ],
    )
    words = Paragraphs(
        "What does it show?",
        validators=[Length(max=WORDS_MAX, message=f"What it shows must be {WORDS_MAX:,} characters or fewer")],
    )
    capabilities = AnyOf(
        "Which capabilities does it show?", validators=[DataRequired("Choose at least one capability")]
    )
    form_key = HiddenField(validators=[Length(min=16, max=64)])

    def offer_capabilities(self, capabilities: Iterable[Capability]) -> None:
        self.capabilities.offer([(str(one.id), one.name) for one in capabilities if not one.is_retired])

    def offer_records(self, entries: Sequence[HoursEntry], meetings: Sequence[SupervisionSession]) -> None:
        """Let the learner choose among what is on her record."""
        none = [("", "Choose one")]
        self.entry.offer([*none, *((str(one.id), entry_in_words(one)) for one in entries)])
        self.meeting.offer([*none, *((str(one.id), meeting_in_words(one)) for one in meetings)])

    @property
    def chosen_kind(self) -> EvidenceKind:
        return EvidenceKind(self.kind.data)

    @property
    def capability_ids(self) -> frozenset[int]:
        return frozenset(map(int, self.capabilities.data or ()))

    def id_in(self, field: Pick, kind: EvidenceKind) -> int | None:
        return int(field.data) if self.chosen_kind is kind and field.data else None

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        missing = self.missing_answer()
        if missing:
            self.refuse(missing)
        return not missing

    def missing_answer(self) -> Refused | None:
        """What the chosen kind needs and does not have."""
        kind = self.chosen_kind
        if kind is EvidenceKind.NOTE and not self.words.data:
            return Refused("Write what you did and what it shows", "words")
        if kind is EvidenceKind.LINK and not is_web_address(self.link.data):
            return Refused("Enter an address that begins with https:// or http://", "link")
        if kind is EvidenceKind.FILE and not self.file.data:
            return Refused("Choose a file", "file")
        if kind is EvidenceKind.HOURS and not self.entry.data:
            return Refused("Choose the hours", "entry")
        if kind is EvidenceKind.SESSION and not self.meeting.data:
            return Refused("Choose the session", "meeting")
        return None


class WithdrawForm(SureForm):
    """Why a piece of evidence is taken back."""

    reason = Paragraphs(
        "Why do you withdraw it?",
        validators=[
            DataRequired("Say why, in a few words"),
            Length(max=REASON_MAX, message=f"The reason must be {REASON_MAX:,} characters or fewer"),
        ],
    )


def entry_in_words(entry: HoursEntry) -> str:
    words = f"{day_in_words(entry.worked_on)}: {hours_and_minutes(entry.minutes)} of {entry.category.value}"
    return words if entry.counts else f"{words} ({entry.state.value})"


def meeting_in_words(meeting: SupervisionSession) -> str:
    return f"{day_in_words(meeting.held_on)}: {hours_and_minutes(meeting.minutes)}, {meeting.form.value}"


LEVELS = [(level.value, level.value.capitalize()) for level in CapabilityLevel]


def rating_form(
    capabilities: Sequence[Capability], said: Mapping[int, CapabilityLevel], formdata: Any = ...
) -> PlainForm:
    """A form with one list of levels for each capability; `said` are the levels by wording that she has said last."""
    fields = {
        field_name(one): Pick(
            one.name,
            choices=[*([] if one.wording.id in said else [("", "Not rated yet")]), *LEVELS],
            default=said[one.wording.id].value if one.wording.id in said else "",
        )
        for one in capabilities
    }
    form_class = type("RatingForm", (PlainForm,), fields)
    form: PlainForm = form_class() if formdata is ... else form_class(formdata=formdata)
    return form


def field_name(capability: Capability) -> str:
    return f"capability_{capability.id}"


def levels_in(form: PlainForm, capabilities: Sequence[Capability]) -> dict[int, CapabilityLevel]:
    """The level that was chosen for each capability, by its id; those without are left out."""
    chosen = {one.id: form[field_name(one)].data for one in capabilities}
    return {id_: CapabilityLevel(value) for id_, value in chosen.items() if value}
