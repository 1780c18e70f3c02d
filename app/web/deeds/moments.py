"""Fields that ask for a moment as a day and a time of the clocks here."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from wtforms import StringField

from app.language.dates_and_times import day_in_words, day_of, time_in_words
from app.language.local_times import (
    clock_in_words,
    end_of_day,
    from_in_words,
    is_midnight,
    last_day_before,
    moment_here,
    start_of_day,
    time_in,
    until_in_words,
)
from app.web.fields import Day, ReadFirst, subject


class Clock(ReadFirst, StringField):
    """A time of the day, as the clocks here show it; kept as typed when it cannot be read."""

    component = "clock"
    raw_data: Any
    data: time | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text, self.data = "".join(valuelist).strip(), None
        if text:
            try:
                self.data = time_in(text)
            except ValueError as unread:
                name = subject(self.label.text, "The time")
                raise ValueError(f"{name} must be a time like 9am, 5:30pm or 17:30") from unread

    @property
    def shown(self) -> str:
        if self.process_errors:
            return str(self.raw_data[0])
        return clock_in_words(self.data) if self.data is not None else ""


class Beginning(Day):
    """The moment from which something holds: the first one of its day where no time is entered."""

    inputs = (*Day.inputs, ("time", 5))
    usual = "9am"

    @property
    def given(self) -> datetime:
        """The moment that was entered, in UTC; only for a field that must have one, in a form that is valid."""
        assert isinstance(self.data, datetime)
        return self.data

    @property
    def in_words(self) -> str:
        return from_in_words(self.given)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        known = data if isinstance(data, datetime) else None
        super().process(formdata, self.day_shown(known) if known else None, extra_filters)
        if formdata is not None and any(f"{self.name}-{part}" in formdata for part in self.typed):
            self.typed["time"] = formdata.get(f"{self.name}-time", "").strip()
            self.data = self.moment_on(self.data) if self.data else None
        else:
            self.typed["time"] = self.clock_shown(known) if known else self.usual
            self.data = known

    def whole(self, day: date) -> datetime:
        """What a day without a time means."""
        return start_of_day(day)

    def day_shown(self, moment: datetime) -> date:
        return day_of(moment)

    def clock_shown(self, moment: datetime) -> str:
        return "" if is_midnight(moment) else time_in_words(moment)

    def moment_on(self, day: date) -> datetime | None:
        """The moment that was typed; None, with what is wrong, where there is none."""
        if not self.typed["time"]:
            return self.whole(day)
        try:
            return moment_here(day, self.clock_read())
        except ValueError as why:
            self.process_errors.append(f"{subject(self.label.text, 'The time')}: {why}")
        return None

    def clock_read(self) -> time:
        try:
            return time_in(self.typed["time"])
        except ValueError as unread:
            raise ValueError("the time must be like 9am or 5:30pm, or empty for the whole day") from unread


class End(Beginning):
    """The moment until which something holds, and no longer: the last one of its day where no time is entered."""

    usual = "5pm"

    @property
    def in_words(self) -> str:
        return until_in_words(self.given)

    def whole(self, day: date) -> datetime:
        return end_of_day(day)

    def day_shown(self, moment: datetime) -> date:
        return last_day_before(moment) if is_midnight(moment) else day_of(moment)

    def clock_read(self) -> time:
        """Midnight is refused: a day has one at each end."""
        clock = super().clock_read()
        if clock == time(0):
            raise ValueError("a day begins and ends at midnight: leave the time empty for the end of the day")
        return clock


class Appointment(Beginning):
    """A moment at which people meet: its time must be entered."""

    usual = ""

    @property
    def in_words(self) -> str:
        return f"{day_in_words(self.given)} at {time_in_words(self.given)}"

    def clock_shown(self, moment: datetime) -> str:
        return time_in_words(moment)

    def moment_on(self, day: date) -> datetime | None:
        if not self.typed["time"]:
            self.process_errors.append(f"{subject(self.label.text, 'The date')} must include a time, like 2pm")
            return None
        return super().moment_on(day)

    def clock_read(self) -> time:
        try:
            return time_in(self.typed["time"])
        except ValueError as unread:
            raise ValueError("the time must be like 9am or 5:30pm") from unread
