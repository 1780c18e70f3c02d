"""What a learner enters to log hours: five fields for one hand."""

from typing import Any

from wtforms.validators import DataRequired, Length

from app.language.local_times import NoSuchTime
from app.language.refusal import Refused
from app.models.hours import HoursCategory, HoursEntry
from app.rules.hours.clock_times import Worked
from app.web.deeds.moments import Clock
from app.web.fields import Day, OneOf, Paragraphs
from app.web.forms.record import OTHER, TO_A_SHIFT, RecordForm, begin_with, shortcuts

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
    started = Clock("From (optional)")
    ended = Clock("To (optional)")
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

    @property
    def worked(self) -> Worked | None:
        """The times between which it was, on a day that can be read."""
        day, started, ended = self.worked_on.data, self.started.data, self.ended.data
        return Worked(day, started, ended) if day and started is not None and ended is not None else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Both times or none; they say how long it took where nothing else does."""
        problem = self.wrong_times()
        if not problem and self.worked and not (self.minutes.data or any(self.other_time.raw_data or ())):
            self.minutes.process_formdata([OTHER])
            self.minutes.raw_data, self.other_time.data = [OTHER], self.worked.least_minutes
        is_good = super().validate(extra_validators)
        if problem:
            self.refuse(problem)
        return is_good and not problem

    def wrong_times(self) -> Refused | None:
        """What is wrong with the times together; None where nothing is."""
        started, ended = self.started.data, self.ended.data
        for given, other, name in ((started, self.ended, "when it ended"), (ended, self.started, "when it began")):
            if given is not None and other.data is None and not other.process_errors:
                return Refused(f"Enter {name} as well, or leave both times empty", other.name)
        if started is not None and started == ended:
            return Refused("It cannot end at the time at which it began. Leave both times empty for 24 hours.", "ended")
        try:
            if self.worked:
                self.worked.most_minutes  # noqa: B018  it asks for both moments
        except NoSuchTime as why:
            words = str(why)
            return Refused(f"{words[:1].upper()}{words[1:]}", "started")
        return None


def values_of(entry: HoursEntry) -> dict[str, Any]:
    """What a form that repeats an entry begins with: its category, duration and words."""
    return {"category": entry.category.value, "did": entry.did, **begin_with(entry.minutes, TO_A_SHIFT)}


def whole_values_of(entry: HoursEntry) -> dict[str, Any]:
    """What a form that corrects an entry begins with."""
    times = {"started": entry.started, "ended": entry.ended}
    return {"worked_on": entry.worked_on, "reflection": entry.reflection, **times, **values_of(entry)}
