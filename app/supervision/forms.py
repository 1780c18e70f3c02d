"""What a mentor enters about a session, and what its learner answers."""

from collections.abc import Iterable
from typing import Any

from wtforms.validators import DataRequired, Length

from app.language.refusal import Refused
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
from app.web.fields import AnyOf, Day, Form, OneOf, Paragraphs, SureForm, Text
from app.web.record_forms import SHORT, RecordForm, begin_with, shortcuts

OWNERS = ((ActionOwner.LEARNER.value, "The learner"), (ActionOwner.MENTOR.value, "Me"))
NEW_ACTIONS = (1, 2, 3)
WORDS_MAX = 4000
WHAT_MAX = Length(max=300, message="An action must be 300 characters or fewer")


class LogSessionForm(RecordForm):
    """One page for one meeting."""

    held_on = Day("Date", validators=[DataRequired("Enter the date")])
    minutes = OneOf(
        "How long did you meet?",
        choices=shortcuts(SHORT),
        validators=[DataRequired("Choose how long you met")],
    )
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

    @property
    def action_fields(self) -> list[tuple[Text, OneOf, Day]]:
        """The fields of each new action: what, owner, due."""
        return [(self[f"what_{n}"], self[f"owner_{n}"], self[f"due_{n}"]) for n in NEW_ACTIONS]

    def offer_open_actions(self, actions: Iterable[AgreedAction]) -> None:
        """Let what was agreed before be ticked off."""
        self.done.offer([(str(action.id), action.what) for action in actions])

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
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
    values: dict[str, Any] = {
        "held_on": meeting.held_on,
        **begin_with(meeting.minutes, SHORT),
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


class WithdrawForm(SureForm):
    """Why a session is taken back that its learner has confirmed."""

    reason = Paragraphs(
        "Why do you withdraw it?",
        validators=[Length(max=1000, message="The reason must be 1,000 characters or fewer")],
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
