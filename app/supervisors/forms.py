"""Whom a lead names as supervisor of whom, what a supervisor notes about a learner, and what is answered."""

from collections.abc import Sequence

from wtforms.validators import DataRequired

from app.models.people import Person
from app.web.fields import AnyOf, Paragraphs, Pick, SureForm
from app.web.validators import at_most

NOBODY = "nobody"
REASON_MAX, WORDS_MAX = 500, 2000


class NameForm(SureForm):
    """Who supervises one learner from today on, and why that changes where it does."""

    supervisor = Pick("Academic supervisor", validators=[DataRequired("Choose the academic supervisor")])
    reason = Paragraphs("Why is it handed over?", validators=[at_most("The reason", REASON_MAX)])

    def offer_supervisors(self, supervisors: Sequence[Person]) -> None:
        choices = [("", "Choose one"), *((str(one.id), f"{one.name}, {one.email}") for one in supervisors)]
        self.supervisor.offer([*choices, (NOBODY, "Nobody for now")])

    @property
    def supervisor_id(self) -> int | None:
        """The one who was chosen; None where it is nobody for now."""
        return None if self.supervisor.data == NOBODY else int(self.supervisor.data)


class NameManyForm(NameForm):
    """The same for several learners at once."""

    learners = AnyOf("Which learners?", validators=[DataRequired("Choose at least one learner")])


class NoteForm(SureForm):
    """What a supervisor wants the programme leads to know, or to do."""

    words = Paragraphs(
        "Your note",
        validators=[DataRequired("Write what the programme leads should know"), at_most("Your note", WORDS_MAX)],
    )


class AnswerForm(SureForm):
    """What a lead answers."""

    answer = Paragraphs(
        "Your answer", validators=[DataRequired("Write your answer"), at_most("Your answer", WORDS_MAX)]
    )
