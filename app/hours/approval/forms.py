"""What learner and mentor enter about submitted hours."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from wtforms.validators import DataRequired, Length

from app.hours.approval.periods import Period
from app.language.refusal import Refused
from app.models.hours import HoursEntry
from app.web.fields import Form, OneOf, Paragraphs, SureForm, Tick

WORDS_MAX = Length(max=1000, message="Your words must be 1,000 characters or fewer")


class SubmitForm(Form):
    """Which drafts to submit."""

    period = OneOf("Which entries do you submit?", validators=[DataRequired("Choose which entries you submit")])

    def offer_periods(self, periods: Iterable[Period]) -> None:
        self.period.offer([(period.key, period.in_words) for period in periods])


class NoneForm(Form):
    """Which week had nothing."""

    week = OneOf("Which week had no hours?", validators=[DataRequired("Choose the week")])


class ReasonForm(SureForm):
    """Why an entry is reopened, or kept as it is."""

    reason = Paragraphs("Why?", validators=[DataRequired("Say why, in a few words"), WORDS_MAX])


class DecideForm(SureForm):
    """For each entry a tick and a box for words; made for the entries of one page by `for_lines`."""

    ids: ClassVar[Sequence[int]] = ()

    @classmethod
    def for_lines(cls, entries: Sequence[HoursEntry]) -> "type[DecideForm]":
        fields: dict[str, Any] = {"ids": tuple(entry.id for entry in entries)}
        for entry in entries:
            fields[f"read_{entry.id}"] = Tick("I have read it, and it is right")
            fields[f"words_{entry.id}"] = Paragraphs("What is not right?", validators=[WORDS_MAX])
        return type("DecideForm", (cls,), fields)

    @property
    def verified(self) -> list[int]:
        return [id_ for id_ in self.ids if self[f"read_{id_}"].data]

    @property
    def returned(self) -> dict[int, str]:
        return {id_: self[f"words_{id_}"].data for id_ in self.ids if self[f"words_{id_}"].data}

    def begin_with(self, id_: int, words: str) -> None:
        """Let words that were typed beside an earlier version stand beside this one, unless it has its own."""
        if id_ in self.ids and not self[f"words_{id_}"].data:
            self[f"words_{id_}"].data = words

    def tick_all(self) -> None:
        for id_ in self.ids:
            self[f"read_{id_}"].data = True

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        for id_ in self.returned.keys() & set(self.verified):
            self.refuse(Refused("Take the tick off to return it, or clear your words to verify it", f"words_{id_}"))
            is_good = False
        return is_good
