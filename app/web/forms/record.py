"""What forms share that put time on the record: how long, asked with shortcuts, and once however often it is sent."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField
from wtforms.validators import Length

from app.language.durations import LIKE
from app.language.refusal import Refused
from app.rules.sent_before import SentBefore
from app.web.deeds.once import renew_form_key
from app.web.fields import Duration, OneOf, SureForm

OTHER = "other"
CORRECT, ANOTHER = "correct", "another"
SHORT = (("30", "30 minutes"), ("45", "45 minutes"), ("60", "1 hour"), ("90", "1 hour 30 minutes"))
# Half of, and a whole standard day of the NHS: 37.5 hours a week on five days.
TO_A_SHIFT = (*SHORT, ("225", "Half a day: 3 h 45 min"), ("450", "A day: 7 h 30 min"))


def shortcuts(durations: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The choices of a field that asks how long something took."""
    return [*durations, (OTHER, "Another time")]


class RecordForm(SureForm):
    """A form of hours or of a session; its class adds `minutes`, a OneOf with `shortcuts`.

    `form_key` is that of `deeds.once`. Sent again with other words, by way of the Back button, it
    asks whether that corrects what it has logged, or is something else.
    """

    minutes: OneOf
    other_time = Duration("Time")
    form_key = HiddenField(validators=[Length(min=16, max=64)])
    before = HiddenField()
    again = OneOf("What do you want to do?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.again.offer([(CORRECT, "Correct what I logged before"), (ANOTHER, "Log this as well")])

    @property
    def duration_minutes(self) -> int:
        """The chosen or typed duration."""
        return (self.other_time.data or 0) if self.minutes.data == OTHER else int(self.minutes.data or 0)

    @property
    def corrects_id(self) -> int | None:
        """The id of the record that this form has logged before and is to correct now."""
        is_known = self.again.data == CORRECT and re.fullmatch("[0-9]{1,9}", self.before.data or "")
        return int(self.before.data or 0) if is_known else None

    @property
    def is_another(self) -> bool:
        """True when this is something else than what the form has logged before."""
        return self.again.data == ANOTHER

    def validate(self, extra_validators: Any = None) -> bool:
        if self.other_time.raw_data and any(self.other_time.raw_data) and not self.minutes.data:
            self.minutes.process_formdata([OTHER])
            self.minutes.raw_data = [OTHER]
        if self.minutes.data != OTHER:
            self.other_time.process_errors = []
        is_good = bool(super().validate(extra_validators))
        if self.minutes.data == OTHER and self.other_time.data is None and not self.other_time.errors:
            self.refuse(Refused(f"Enter the time {LIKE}", self.other_time.name))
            is_good = False
        if self.before.data and not self.again.data:
            self.refuse(Refused("Choose what to do with what you logged before", self.again.name))
            is_good = False
        return is_good

    def ask_again(self, refusal: SentBefore) -> None:
        """Ask what the form is for now, under a key of its own."""
        renew_form_key()
        self.before.data = str(refusal.record_id)
        self.again.data = None
        if not refusal.counts:
            self.again.offer([(ANOTHER, "Log it as it is now")])
        self.refuse(Refused(refusal.message, self.again.name))


def begin_with(minutes: int, durations: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What the fields of a duration begin with."""
    usual = str(minutes) in dict(durations)
    return {"minutes": str(minutes) if usual else OTHER, "other_time": None if usual else minutes}
