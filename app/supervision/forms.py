"""What learner or mentor enters about a session, and what the other answers."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import HiddenField
from wtforms.validators import DataRequired, Length

from app.language.refusal import Overtaken, Refused
from app.models.meetings.planned import PlannedSession
from app.models.people import Person
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import AnyOf, Day, Form, OneOf, Paragraphs, SureForm, Text
from app.web.forms.record import SHORT, RecordForm, begin_with, shortcuts

NEW_ACTIONS = (1, 2, 3)
WORDS_MAX = 4000
MARK_CHARACTERS = 16
QUOTED_MAX = 200
WHAT_MAX = Length(max=300, message="An action must be 300 characters or fewer")


def private_note() -> Paragraphs:
    return Paragraphs(
        "Private note (optional)",
        validators=[Length(max=WORDS_MAX, message=f"Your private note must be {WORDS_MAX:,} characters or fewer")],
    )


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
    met = OneOf("With whom did you meet?")
    topics = Paragraphs(
        "What did you talk about?",
        validators=[
            DataRequired("Enter what you talked about, in a few words"),
            Length(max=WORDS_MAX, message=f"What you talked about must be {WORDS_MAX:,} characters or fewer"),
        ],
    )
    done = AnyOf("Agreed before: what is done?")
    what_1 = Text("Action", validators=[WHAT_MAX])
    owner_1 = OneOf("Who does it?")
    due_1 = Day("Due (optional)")
    what_2 = Text("Action", validators=[WHAT_MAX])
    owner_2 = OneOf("Who does it?")
    due_2 = Day("Due (optional)")
    what_3 = Text("Action", validators=[WHAT_MAX])
    owner_3 = OneOf("Who does it?")
    due_3 = Day("Due (optional)")
    note = private_note()
    note_seen = HiddenField()  # of a correction, the mark of her note as the page showed it

    @property
    def action_fields(self) -> list[tuple[Text, OneOf, Day]]:
        """The fields of each new action: what, owner, due."""
        return [(self[f"what_{n}"], self[f"owner_{n}"], self[f"due_{n}"]) for n in NEW_ACTIONS]

    def speak_to(self, is_learner: bool) -> None:
        """Let learner or mentor say who does what, as each of them would."""
        learner, mentor = ("Me", "The mentor") if is_learner else ("The learner", "Me")
        for _, owner, _ in self.action_fields:
            owner.offer([(ActionOwner.LEARNER.value, learner), (ActionOwner.MENTOR.value, mentor)])

    def offer_people(self, people: Sequence[Person]) -> None:
        """Let a learner say whom she met, where somebody has stood in for her mentor; the mentor comes first."""
        if len(people) > 1:
            self.met.offer([(str(one.id), one.name) for one in people])
            self.met.validators = [DataRequired("Choose with whom you met")]

    @property
    def met_id(self) -> int | None:
        return int(self.met.data) if self.met.data else None

    def note_to_keep(self, known: str) -> str | None:
        """What she notes; None where she left it as the page showed it, whatever she has noted since.

        Raises Overtaken where she has changed it both here and in another tab: neither is lost.
        """
        typed, seen = self.note.data or "", self.note_seen.data
        if not self.note.raw_data or seen == mark_of(typed):
            return None
        if seen and mark_of(known) not in (seen, mark_of(typed)):
            self.note_seen.data = mark_of(known)
            raise Overtaken(
                f"Your private note says {quoted(known)} by now: you changed it in another tab. Check yours, then save "
                "again",
                "note",
            )
        return typed

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


def quoted(note: str) -> str:
    """The beginning of a note, enough to know it again."""
    return f"“{note[:QUOTED_MAX]}{'…' if len(note) > QUOTED_MAX else ''}”" if note else "nothing"


def mark_of(note: str) -> str:
    """Tells whether a note is the one that a page showed; how its lines are broken makes no difference."""
    return hashlib.sha256(" ".join(note.split()).encode()).hexdigest()[:MARK_CHARACTERS]


def values_of(meeting: SupervisionSession, note: str) -> dict[str, Any]:
    """What a form for correcting this session begins with; `note` is its writer's own."""
    values: dict[str, Any] = {
        "held_on": meeting.held_on,
        **begin_with(meeting.minutes, SHORT),
        "how": meeting.form.value,
        "topics": meeting.topics,
        "note": note,
        "note_seen": mark_of(note),
        "met": str(meeting.held_by.id),
    }
    for n, action in zip(NEW_ACTIONS, meeting.actions, strict=False):
        values |= {f"what_{n}": action.what, f"owner_{n}": action.owner.value, f"due_{n}": action.due_on}
    return values


def values_of_planned(plan: PlannedSession) -> dict[str, Any]:
    """What a form for recording a planned session begins with: as it was planned."""
    return {
        "held_on": plan.day,
        **begin_with(plan.minutes, SHORT),
        "how": plan.form.value,
        "topics": plan.agenda,
    }


class ConfirmForm(Form):
    """Whether time that the learner logged herself on that day was this very meeting; asked only when there is any."""

    same_meeting = OneOf("Is that the same meeting?")

    def speak_to(self, reader: Person, learner: Person) -> None:
        """Say in the answers whose entry it is that would be withdrawn."""
        whose = "my own entry" if reader.id == learner.id else f"the entry of {learner.name}"
        same = ("yes", f"Yes: withdraw {whose}, so that it counts once")
        self.same_meeting.offer([same, ("no", "No: it was other supervision, both count")])


class WithdrawForm(SureForm):
    """Why a session is taken back that its learner has confirmed."""

    reason = Paragraphs(
        "Why do you withdraw it?",
        validators=[Length(max=1000, message="The reason must be 1,000 characters or fewer")],
    )


class NoteForm(ChangingForm, SureForm):
    """A private note on its own."""

    note = private_note()


class QuestionForm(SureForm):
    """What is not right about a session."""

    comment = Paragraphs(
        "What is not right?",
        validators=[
            DataRequired("Enter what is not right, so that it can be corrected"),
            Length(max=1000, message="What is not right must be 1,000 characters or fewer"),
        ],
    )
