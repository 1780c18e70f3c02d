"""What a learner enters to log hours: five fields for one hand."""

from typing import Any
from uuid import uuid4

from wtforms import HiddenField
from wtforms.validators import DataRequired, Length

from app.language.refusal import Refused
from app.models.hours import HoursCategory, HoursEntry
from app.web.fields import Day, OneOf, Paragraphs, SureForm, WholeNumber

OTHER = "other"
DURATIONS = (("30", "30 minutes"), ("45", "45 minutes"), ("60", "1 hour"), ("90", "1 hour 30 minutes"))
WORDS_MAX = 2000


class HoursForm(SureForm):
    """Time in one category on one day; `form_key` makes a form that is sent twice count once."""

    worked_on = Day("Date", validators=[DataRequired("Enter the date")])
    category = OneOf(
        "What kind of learning was it?",
        choices=[(category.value, category.value.capitalize()) for category in HoursCategory],
        validators=[DataRequired("Choose what kind of learning it was")],
    )
    minutes = OneOf(
        "How long did it take?",
        choices=[*DURATIONS, (OTHER, "Another time")],
        validators=[DataRequired("Choose how long it took")],
    )
    other_hours = WholeNumber("Hours")
    other_minutes = WholeNumber("Minutes")
    did = Paragraphs(
        "What did you do?",
        validators=[
            DataRequired("Enter what you did, in a few words"),
            Length(max=WORDS_MAX, message=f"What you did must be {WORDS_MAX:,} characters or fewer"),
        ],
    )
    reflection = Paragraphs(
        "What did you learn? (optional)",
        validators=[Length(max=WORDS_MAX, message=f"What you learnt must be {WORDS_MAX:,} characters or fewer")],
    )
    form_key = HiddenField(default=lambda: uuid4().hex, validators=[Length(min=16, max=64)])

    @property
    def duration_minutes(self) -> int:
        """The chosen or typed duration."""
        if self.minutes.data != OTHER:
            return int(self.minutes.data or 0)
        return (self.other_hours.data or 0) * 60 + (self.other_minutes.data or 0)

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        if self.minutes.data == OTHER:
            is_good = self.other_time_is_good() and is_good
        return is_good

    def other_time_is_good(self) -> bool:
        """The parts of another time: at least one of them, none below 0, minutes of less than an hour."""
        hours, minutes = self.other_hours, self.other_minutes
        if hours.errors or minutes.errors:
            return False
        if hours.data is None and minutes.data is None:
            self.refuse(Refused("Enter how long it took, in hours and minutes", hours.name))
        elif min(hours.data or 0, minutes.data or 0) < 0:
            self.refuse(Refused("Hours and minutes must be 0 or more", hours.name))
        elif (minutes.data or 0) > 59:
            self.refuse(Refused("Minutes must be fewer than 60: put whole hours under Hours", minutes.name))
        return not (hours.errors or minutes.errors)


def values_of(entry: HoursEntry) -> dict[str, Any]:
    """What a form that repeats an entry begins with: its category, duration and words."""
    usual = str(entry.minutes) in dict(DURATIONS)
    hours, minutes = (None, None) if usual else divmod(entry.minutes, 60)
    return {
        "category": entry.category.value,
        "minutes": str(entry.minutes) if usual else OTHER,
        "other_hours": hours,
        "other_minutes": minutes,
        "did": entry.did,
    }
