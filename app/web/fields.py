"""Form fields in the manner of the NHS service manual, and the form that shows what a rule refused."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice, SelectFieldBase
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.durations import minutes_in
from app.language.reading_dates import day_of_parts, whole_day
from app.language.refusal import Overtaken, Refused
from app.models.values.free_text import DetailKind
from app.platform.clock import today
from app.rules.doubts import kinds_found
from app.web.edge.false_alarms import note_false_alarm


class Form(FlaskForm):
    """A form whose errors, found by it or by a rule, are listed on top and beside their field."""

    def refuse(self, refusal: Refused) -> None:
        """Show a rule's refusal at its field, or above the form when it concerns the whole."""
        if refusal.field in self._fields:
            field = self._fields[refusal.field]
            field.errors = [*field.errors, refusal.message]
        else:
            self.form_errors.append(refusal.message)

    def does(self, deed: Callable[[], object]) -> bool:
        """Whether what was sent is good and the deed is done; where a rule refuses it, the form says why.

        Raises Overtaken where somebody else was faster: then the form is of no use any more.
        """
        if not self.validate():
            return False
        try:
            deed()
        except Overtaken:
            raise
        except Refused as refusal:
            self.refuse(refusal)
            return False
        return True

    @property
    def has_errors(self) -> bool:
        return bool(self.errors)

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows this form."""
        return 422 if self.has_errors else 200

    def error_list(self) -> list[dict[str, str]]:
        """What is wrong, each with a link to where it can be mended."""
        found = [{"text": str(message)} for message in self.form_errors]
        for field in self:
            found += [{"text": str(message), "href": f"#{first_input_id(field)}"} for message in field.errors]
        return found


def first_input_id(field: Field) -> str:
    """The id of the element that an error about this field should lead to."""
    suffix: str = getattr(field, "first_input_suffix", "")
    return f"{field.id}{suffix}"


class Text(StringField):
    """One line of text; outer spaces are dropped, and a line break that was pasted becomes a space."""

    component = "input"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, filters=[strip, on_one_line], **kwargs)


class Paragraphs(TextAreaField):
    """Several lines of text; outer spaces are dropped."""

    component = "textarea"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, filters=[strip], **kwargs)


class Password(PasswordField):
    """A password; never shown again."""

    component = "password"


class Upload(FileField):
    """A file from the person's own machine; the form that has one needs `enctype="multipart/form-data"`."""

    component = "file"


class ReadFirst:
    """A field that, when what was typed cannot be read, says only that: a later check would hide it."""

    process_errors: list[str]
    errors: Sequence[str]

    def validate(self, form: Any, extra_validators: Sequence[Any] = ()) -> bool:
        if self.process_errors:
            self.errors = list(self.process_errors)
            return False
        return bool(super().validate(form, extra_validators))  # type: ignore[misc]


class WholeNumber(ReadFirst, IntegerField):
    """A whole number; says so in plain words when it is not one."""

    component = "number"

    @property
    def given(self) -> int:
        """The number that was entered; only for a field that must have one, in a form that is valid."""
        assert self.data is not None
        return int(self.data)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = "".join(valuelist).strip()
        if not text:
            self.data = None
            return
        # int() would also take 1_0, and digits of other scripts.
        if not re.fullmatch("[+-]?[0-9]{1,18}", text):
            self.data = None
            name = subject(self.label.text, "The number")
            raise ValueError(f"{name} must be a whole number, like 45")
        self.data = int(text)


class Duration(ReadFirst, Field):
    """Minutes, read from 7.5, 7:30, 7 h 30 min, 90 min; shown back in one way, or as typed when it cannot be read."""

    component = "duration"
    raw_data: Any
    data: int | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = "".join(valuelist).strip()
        self.data = minutes_in(text) if text else None

    def _value(self) -> str:
        if self.process_errors:
            return str(self.raw_data[0])
        return hours_and_minutes(self.data) if self.data is not None else ""


class Choosing(SelectFieldBase):
    """A field with choices, given as pairs of value and label; they may be set after the form was made."""

    data: Any

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, choices=[SelectChoice(*pair) for pair in choices], **kwargs)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Set the choices of this form's field."""
        self.choices = [SelectChoice(*pair) for pair in choices]

    @property
    def is_answered(self) -> bool:
        return getattr(self, "data", None) not in (None, "")

    def refuse_what_was_not_offered(self) -> None:
        """Forget an answer that is none of the choices, the word None as well, and ask as if there were none."""
        if self.is_answered and self.data not in {choice.value for choice in self.iter_choices()}:
            self.data = None
            asking = (one.message for one in self.validators if isinstance(one, DataRequired | InputRequired))
            raise ValidationError(next(asking, None) or "Choose one of the answers")


class OneOf(Choosing, RadioField):
    """One answer out of a few, as radio buttons."""

    component = "radios"

    def pre_validate(self, form: Any) -> None:
        self.refuse_what_was_not_offered()
        self.data = self.data or None


class AnyOf(Choosing, SelectMultipleField):
    """Any number of answers, as checkboxes."""

    component = "checkboxes"

    def pre_validate(self, form: Any) -> None:
        offered = {choice.value for choice in self.iter_choices()}
        if set(self.data or ()) - offered:
            self.data = [one for one in self.data if one in offered]
            raise ValidationError("Choose among the answers")


class Pick(Choosing, SelectField):
    """One answer out of many, as a list to pick from."""

    component = "select"

    def pre_validate(self, form: Any) -> None:
        self.refuse_what_was_not_offered()


class Tick(BooleanField):
    """A single box to tick."""

    component = "checkbox"


class SureForm(Form):
    """A form that may ask "is this right?"; its page shows the tick with `sure_tick` from components/fields.html.

    What looks like a patient's details is kept for a reason in words alone, which outlasts the deed.
    """

    is_sure = Tick("It is right as it is: save it")
    why_sure = Text(
        "Why does it identify nobody?",
        validators=[Length(max=300, message="The reason must be 300 characters or fewer")],
    )

    @property
    def looks_like(self) -> list[DetailKind]:
        """What in all that was typed looks like a patient's details."""
        return kinds_found(self.texts(), today())

    @property
    def asks_why(self) -> bool:
        """Whether its page asks for the reason: while it asks whether all is right, and a patient may be meant."""
        return bool(self.why_sure.errors or ((self.is_sure.errors or self.is_sure.data) and self.looks_like))

    def texts(self) -> Iterator[str]:
        """What was typed, and the names of files."""
        for field in self:
            if isinstance(field, Text | Paragraphs) and field is not self.why_sure:
                yield str(field.data or "")
            elif isinstance(field, Upload):
                yield str(getattr(field.data, "filename", "") or "")

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        if not self.is_sure.data or not (kinds := self.looks_like):
            return is_good
        reason = str(self.why_sure.data or "")
        if not reason:
            self.refuse(Refused("Say in a few words why it identifies nobody, or take it out", self.why_sure.name))
        elif kinds_found([reason], today()):
            self.refuse(Refused("Say why without writing it again", self.why_sure.name))
        else:
            note_false_alarm(kinds, reason)
            return is_good
        return False


class Day(ReadFirst, Field):
    """A date as day, month and year; keeps what was typed when it is not a date."""

    component = "date"
    first_input_suffix = "-day"
    raw_data: Any
    inputs: tuple[tuple[str, int], ...] = (("day", 2), ("month", 2), ("year", 4))  # each with its width
    parts = ("day", "month", "year")

    @property
    def given(self) -> date:
        """The day that was entered; only for a field that must have one, in a form that is valid."""
        assert self.data is not None
        return self.data

    @property
    def in_words(self) -> str:
        return day_in_words(self.given)

    @property
    def example(self) -> str:
        """How a date is entered: that of today, which no hint outlives."""
        return f"{today().day} {today().month} {today().year}"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.raw_data = None
        if data is None or isinstance(data, type) or not isinstance(data, date):
            data = self.default() if callable(self.default) else self.default
        self.data: date | None = data
        self.object_data = data
        self.typed = {part: str(getattr(data, part)) for part in self.parts} if data else dict.fromkeys(self.parts, "")
        if formdata is not None and any(f"{self.name}-{part}" in formdata for part in self.parts):
            self.read({part: formdata.get(f"{self.name}-{part}", "").strip() for part in self.parts})

    def read(self, typed: dict[str, str]) -> None:
        """Take three parts, or a whole date in the first field."""
        self.typed, self.data = typed, None
        self.raw_data = [" ".join(typed.values()).strip()]
        whole = whole_day(typed["day"])
        if whole:
            self.take_whole(whole, typed)
        elif any(typed.values()):
            self.read_parts(typed)

    def take_whole(self, whole: date, typed: dict[str, str]) -> None:
        """Use what was typed or pasted under Day; where the other fields say something else, ask which it is."""
        self.typed = {part: str(getattr(whole, part)) for part in self.parts}
        if all(typed[part] in ("", self.typed[part]) for part in self.parts[1:]):
            self.data = whole
            return
        name = subject(self.label.text, "The date")
        self.process_errors.append(f"{name} was a whole date under Day: check that {day_in_words(whole)} is meant")

    def read_parts(self, typed: dict[str, str]) -> None:
        name = subject(self.label.text, "The date")
        missing = [part for part in self.parts if not typed[part]]
        if missing:
            self.process_errors.append(f"{name} must include a {' and a '.join(missing)}")
            return
        try:
            self.data = day_of_parts(typed["day"], typed["month"], typed["year"])
        except ValueError:
            self.process_errors.append(f"{name} must be a real date, like {self.example}")


# They turn the order of letters round for all that follows, also in a mail; Arabic and Hebrew need none of them.
TURNING_ROUND = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def strip(text: str | None) -> str:
    """What was typed without outer spaces, and without characters that turn the direction of writing round."""
    return (text or "").translate(TURNING_ROUND).strip()


def on_one_line(text: str) -> str:
    """Names stand in subjects of mails and in rows of lists, where there is no second line."""
    return " ".join(text.splitlines())


def subject(label: str, of_question: str) -> str:
    """What a sentence about a field begins with: its label, or `of_question` where the label asks something."""
    return of_question if label.endswith("?") else label.removesuffix(" (optional)")
