"""What people enter about reminders: until when something is put off, and when a digest comes."""

import calendar

from wtforms.validators import DataRequired

from app.models.reminding.digests import DigestSetting, Rhythm
from app.web.fields import Form, OneOf, Pick

WEEKDAYS = tuple(enumerate(calendar.day_name))
RHYTHMS = (
    (Rhythm.WEEKLY.value, "Once a week"),
    (Rhythm.DAILY.value, "Every working day"),
    (Rhythm.NEVER.value, "Never"),
)


class PutOffForm(Form):
    """Until which day something is put off; the page offers the days."""

    until = OneOf("For how long?", validators=[DataRequired("Choose for how long")])


class DigestForm(Form):
    """How often a digest comes, and on which day of the week where it is once."""

    rhythm = OneOf(
        "How often do you want a mail that lists what waits for you?",
        choices=RHYTHMS,
        validators=[DataRequired("Choose how often")],
    )
    weekday = Pick("On which day?", choices=[(str(number), name) for number, name in WEEKDAYS])

    @classmethod
    def of(cls, setting: DigestSetting) -> "DigestForm":
        return cls(formdata=None, rhythm=setting.rhythm.value, weekday=str(setting.weekday))
