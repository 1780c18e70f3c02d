"""What a mentor enters about a session, and what its learner answers."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from wtforms import HiddenField
from wtforms.validators import DataRequired, Length

from app.language.refusal import Refused
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
from app.web.fields import AnyOf, Day, Form, OneOf, Paragraphs, SureForm, Text, WholeNumber

OTHER = "other"
DURATIONS = (("30", "30 minutes"), ("45", "45 minutes"), ("60", "1 hour"), ("90", "1 hour 30 minutes"))
OWNERS = ((ActionOwner.LEARNER.value, "The learner"), (ActionOwner.MENTOR.value, "Me"))
NEW_ACTIONS = (1, 2, 3)
WORDS_MAX = 4000
WHAT_MAX = Length(max=300, message="An action must be 300 characters or fewer")


class LogSessionForm(SureForm):
    """One page for one meeting; `form_key` makes a form that is sent twice count once."""

    held_on = Day("Date", validators=[DataRequired("Enter the date")])
    minutes = OneOf(
        "How long did you meet?",
        choices=[*DURATIONS, (OTHER, "Another time")],
        validators=[DataRequired("Choose how long you met")],
    )
    other_minutes = WholeNumber("Minutes")
    how = OneOf(
        "How did you meet?",
        choices=[(form.value, form.value.capitalize()) for form in SessionForm],
        validators=[DataRequired("Choose how you met")],
    )
    topics = Paragraphs(
        "What did you talk about?",
        validators=[
            DataRequired("Enter what you talked about, in a few words"),
            Length(max=WORDS_MAX, message=f"What you talked about must be {WORDS_MAX:,} characters or fewer"),
        ],
    )
    done = AnyOf("Agreed before: what is done?")
    what_1 = Text("Action", validators=[WHAT_MAX])
    owner_1 = OneOf("Who does it?", choices=OWNERS)
    due_1 = Day("Due (optional)")
    what_2 = Text("Action", validators=[WHAT_MAX])
    owner_2 = OneOf("Who does it?", choices=OWNERS)
    due_2 = Day("Due (optional)")
    what_3 = Text("Action", validators=[WHAT_MAX])
    owner_3 = OneOf("Who does it?", choices=OWNERS)
    due_3 = Day("Due (optional)")
    form_key = HiddenField(default=lambda: uuid4().hex, validators=[Length(min=16, max=64)])

    @property
    def duration_minutes(self) -> int:
        """The chosen or typed duration."""
        return int(self.minutes.data or 0) if self.minutes.data != OTHER else (self.other_minutes.data or 0)

    @property
    def action_fields(self) -> list[tuple[Text, OneOf, Day]]:
        """The fields of each new action: what, owner, due."""
        return [(self[f"what_{n}"], self[f"owner_{n}"], self[f"due_{n}"]) for n in NEW_ACTIONS]

    def offer_open_actions(self, actions: Iterable[AgreedAction]) -> None:
        """Let what was agreed before be ticked off."""
        self.done.offer([(str(action.id), action.what) for action in actions])

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        if self.minutes.data == OTHER and not self.other_minutes.errors and (self.other_minutes.data or 0) < 1:
            self.refuse(Refused("Enter how many minutes you met, like 50", self.other_minutes.name))
            is_good = False
        for what, owner, due in self.action_fields:
            if what.data and not owner.data:
                self.refuse(Refused("Choose who does it", owner.name))
                is_good = False
            if not what.data and (owner.data or due.data):
                self.refuse(Refused("Enter what is to be done, or clear who does it and when", what.name))
                is_good = False
        return is_good


def values_of(meeting: SupervisionSession) -> dict[str, Any]:
    """What a form for correcting this session begins with."""
    usual = str(meeting.minutes) in dict(DURATIONS)
    values: dict[str, Any] = {
        "held_on": meeting.held_on,
        "minutes": str(meeting.minutes) if usual else OTHER,
        "other_minutes": None if usual else meeting.minutes,
        "how": meeting.form.value,
        "topics": meeting.topics,
    }
    for n, action in zip(NEW_ACTIONS, meeting.actions, strict=False):
        values |= {f"what_{n}": action.what, f"owner_{n}": action.owner.value, f"due_{n}": action.due_on}
    return values


class ConfirmForm(Form):
    """Whether time that the learner logged herself on that day was this very meeting; asked only when there is any."""

    same_meeting = OneOf(
        "Is that the same meeting?",
        choices=[
            ("yes", "Yes: withdraw my own entry, so that it counts once"),
            ("no", "No: it was other supervision, both count"),
        ],
    )


class QuestionForm(SureForm):
    """What is not right about a session."""

    comment = Paragraphs(
        "What is not right?",
        validators=[
            DataRequired("Enter what is not right, so that your mentor can correct it"),
            Length(max=1000, message="What is not right must be 1,000 characters or fewer"),
        ],
    )
