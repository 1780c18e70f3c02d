"""What a learner enters to log hours: five fields for one hand."""

from typing import Any

from wtforms.validators import DataRequired, Length

from app.models.hours import HoursCategory, HoursEntry
from app.web.fields import Day, OneOf, Paragraphs
from app.web.record_forms import TO_A_SHIFT, RecordForm, begin_with, shortcuts

WORDS_MAX = 2000


class HoursForm(RecordForm):
    """Time in one category on one day."""

    worked_on = Day("Date", validators=[DataRequired("Enter the date")])
    category = OneOf(
        "What kind of learning was it?",
        choices=[(category.value, category.value.capitalize()) for category in HoursCategory],
        validators=[DataRequired("Choose what kind of learning it was")],
    )
    minutes = OneOf(
        "How long did it take?",
        choices=shortcuts(TO_A_SHIFT),
        validators=[DataRequired("Choose how long it took")],
    )
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


def values_of(entry: HoursEntry) -> dict[str, Any]:
    """What a form that repeats an entry begins with: its category, duration and words."""
    return {"category": entry.category.value, "did": entry.did, **begin_with(entry.minutes, TO_A_SHIFT)}


def whole_values_of(entry: HoursEntry) -> dict[str, Any]:
    """What a form that corrects an entry begins with."""
    return {"worked_on": entry.worked_on, "reflection": entry.reflection, **values_of(entry)}
