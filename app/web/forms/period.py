"""From which day to which day somebody wants to see what was done."""

from typing import Any

from wtforms.validators import InputRequired, ValidationError

from app.web.fields import Day, Form


class PeriodForm(Form):
    """A period such as that of an appraisal or a report; it stands in the address, so that it can be kept."""

    first = Day("First day", validators=[InputRequired("Enter the first day")])
    last = Day("Last day", validators=[InputRequired("Enter the last day")])

    def validate_last(self, field: Any) -> None:
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError("The last day must not be before the first")
