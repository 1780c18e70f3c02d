"""What a lead enters about a board: when it meets, who sits on it, whom it decides about, and what is proposed."""

from collections.abc import Sequence

from wtforms.validators import DataRequired

from app.boards.service import Proposal, SaidBoard
from app.models.academic.boards import Board, BoardLine
from app.models.people import Person
from app.models.programmes import CreditOutcome, Provider
from app.phrasebook.of_programmes.credit import OUTCOMES
from app.rules.credit.outcomes import DECIDED
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import AnyOf, Day, Form, OneOf, Paragraphs, Pick, SureForm, Text
from app.web.validators import at_most

WORDS_MAX, NAME_MAX, OUTSIDE_MAX = 1000, 150, 20


class BoardForm(SureForm, ChangingForm):
    """A board, before it meets."""

    provider = Pick("University", validators=[DataRequired("Choose the university")])
    name = Text("Name of the board", validators=[DataRequired("Enter its name"), at_most("The name", NAME_MAX)])
    meets_on = Day("When does it meet?", validators=[DataRequired("Enter when it meets")])
    reference = Text(
        "Board reference", validators=[DataRequired("Enter its reference"), at_most("The reference", NAME_MAX)]
    )
    members = AnyOf("Who sits on it?")
    outside = Paragraphs("Members from elsewhere", validators=[at_most("The names", WORDS_MAX)])

    def offer(self, providers: Sequence[Provider], people: Sequence[Person]) -> None:
        """A lead of one university is not asked which."""
        self.provider.offer([(str(one.id), one.name) for one in providers])
        if len(providers) == 1:
            self.provider.data = str(providers[0].id)
        self.members.offer([(str(one.id), f"{one.name}, {one.email}") for one in people])

    @property
    def said(self) -> SaidBoard:
        """Only of a form that is valid."""
        outside = tuple(dict.fromkeys(name for line in self.outside.data.splitlines() if (name := line.strip())))
        ids = tuple(int(one) for one in self.members.data or ())
        return SaidBoard(self.name.data, self.meets_on.given, self.reference.data, ids, outside)


def board_form(board: Board) -> BoardForm:
    """The form of a board as it is now."""
    return BoardForm(
        formdata=None,
        provider=str(board.provider_id),
        name=board.name,
        meets_on=board.meets_on,
        reference=board.reference,
        members=[str(one.person_id) for one in board.members if one.person_id],
        outside="\n".join(one.name for one in board.members if not one.person_id),
    )


class PutOnForm(Form):
    """Learners with a module each, for the list of a board."""

    lines = AnyOf("Whom does the board decide about?", validators=[DataRequired("Choose at least one")])


class ProposalForm(SureForm, ChangingForm):
    """What the board is asked to decide about one learner and module."""

    outcome = OneOf(
        "What is proposed?",
        choices=[(one.value, OUTCOMES[one]) for one in DECIDED],
        validators=[DataRequired("Choose what is proposed")],
    )
    until_on = Day("Until which day?")
    words = Paragraphs("What should the learner know?", validators=[at_most("What you write", WORDS_MAX)])
    reason = Paragraphs("Why are the credits earned all the same?", validators=[at_most("The reason", WORDS_MAX)])

    @property
    def proposal(self) -> Proposal:
        """Only of a form that is valid."""
        words, reason = self.words.data or "", self.reason.data or ""
        return Proposal(CreditOutcome(self.outcome.data), self.until_on.data, words, reason)


def proposal_form(line: BoardLine) -> ProposalForm:
    """The form of a line as it is now."""
    return ProposalForm(
        formdata=None,
        outcome=line.outcome.value if line.outcome else None,
        until_on=line.until_on,
        words=line.words,
        reason=line.reason,
    )


class CallOffForm(SureForm):
    """Why a board does not meet."""

    reason = Paragraphs("Why?", validators=[DataRequired("Say why it is called off"), at_most("The reason", WORDS_MAX)])
