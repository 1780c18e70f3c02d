"""What is entered about a dissertation: the proposal, an answer, an approval, a day, and its submission."""

from wtforms import HiddenField
from wtforms.validators import DataRequired

from app.dissertations.service import SaidApproval, Written
from app.models.academic.dissertations import ApprovalState, Dissertation
from app.models.studies import Study
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import Day, Form, OneOf, Paragraphs, SureForm, Text
from app.web.validators import at_most

TITLE_MAX, PROPOSAL_MAX, WORDS_MAX = 300, 12_000, 2000
STATES = {
    ApprovalState.APPLIED: "It is applied for",
    ApprovalState.GIVEN: "It is given",
    ApprovalState.NOT_NEEDED: "It is not needed",
    ApprovalState.NOT_SAID: "Not known yet",
}


class ProposalForm(SureForm, ChangingForm):
    """What a learner proposes; everything may stay empty until she sends it."""

    title = Text("Title", validators=[at_most("The title", TITLE_MAX)])
    proposal = Paragraphs("What you propose", validators=[at_most("What you propose", PROPOSAL_MAX)])
    study = HiddenField()
    without_study = Paragraphs("If it is rooted in no study: why?", validators=[at_most("What you write", WORDS_MAX)])

    def written(self, study: Study | None) -> Written:
        return Written(self.title.data or "", self.proposal.data or "", study, self.without_study.data or "")


def proposal_form(dissertation: Dissertation) -> ProposalForm:
    """The form of a proposal as it is now."""
    return ProposalForm(
        formdata=None,
        title=dissertation.title,
        proposal=dissertation.proposal,
        study=str(dissertation.study_id or ""),
        without_study=dissertation.without_study,
    )


class WhyForm(SureForm):
    """Why something comes back to the learner."""

    reason = Paragraphs(
        "What is to be changed, and why?",
        validators=[DataRequired("Write what is to be changed, and why"), at_most("What you write", WORDS_MAX)],
    )


class ApprovalForm(SureForm):
    """How one approval stands."""

    state = OneOf(
        "How does it stand?",
        choices=[(one.value, words) for one, words in STATES.items()],
        validators=[DataRequired("Choose how it stands")],
    )
    reference = Text("Reference", validators=[at_most("The reference", TITLE_MAX)])
    decided_on = Day("When was it given?")
    reason = Paragraphs("Why is it not needed?", validators=[at_most("The reason", WORDS_MAX)])

    @property
    def said(self) -> SaidApproval:
        """Only of a form that is valid."""
        state, reference = ApprovalState(self.state.data), self.reference.data or ""
        return SaidApproval(state, reference, self.decided_on.data, self.reason.data or "")


class DayForm(SureForm):
    """By when a milestone is to be done."""

    due_on = Day("By when?", validators=[DataRequired("Enter by when it is to be done")])
    reason = Paragraphs("Why?", validators=[DataRequired("Say why, in a few words"), at_most("The reason", WORDS_MAX)])


class SubmissionForm(Form):
    """When it was handed in."""

    submitted_on = Day("When was it submitted?", validators=[DataRequired("Enter when it was submitted")])
