"""What learner or mentor enters about a session that they plan."""

from typing import Any

from wtforms.validators import DataRequired, Length

from app.models.meetings.planned import PlannedSession
from app.models.supervision import SessionForm
from app.web.deeds.meanwhile import ChangingForm
from app.web.deeds.moments import Appointment
from app.web.fields import OneOf, Paragraphs, SureForm, Text
from app.web.forms.record import SHORT

LENGTHS = (*SHORT, ("120", "2 hours"))


class PlanForm(ChangingForm, SureForm):
    """A session to come; also for changing one."""

    starts_at = Appointment("When do you meet?", validators=[DataRequired("Enter the date and the time")])
    minutes = OneOf("For how long?", choices=LENGTHS, validators=[DataRequired("Choose for how long you meet")])
    how = OneOf(
        "How do you meet?",
        choices=[(form.value, form.value.capitalize()) for form in SessionForm],
        validators=[DataRequired("Choose how you meet")],
    )
    place = Text(
        "Place or link (optional)",
        validators=[Length(max=500, message="The place or link must be 500 characters or fewer")],
    )
    agenda = Paragraphs(
        "Agenda (optional)", validators=[Length(max=4000, message="The agenda must be 4,000 characters or fewer")]
    )


class CancelForm(SureForm):
    """That a planned session does not take place."""

    reason = Paragraphs(
        "Why? (optional)", validators=[Length(max=1000, message="The reason must be 1,000 characters or fewer")]
    )


def values_of_plan(plan: PlannedSession) -> dict[str, Any]:
    """What a form for changing it begins with."""
    return {
        "starts_at": plan.starts_at,
        "minutes": str(plan.minutes),
        "how": plan.form.value,
        "place": plan.place,
        "agenda": plan.agenda,
    }
