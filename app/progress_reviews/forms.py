"""What people enter about progress reviews."""

from collections.abc import Sequence

from wtforms.validators import DataRequired, InputRequired

from app.models.course.capabilities import CapabilityWording
from app.models.course.progress_reviews import ProgressReview, ReviewPlan, ReviewPreparation
from app.models.operations.parties import Party
from app.progress_reviews.service import Prepared, WrittenDown
from app.rules.progress_reviews.dates import Weeks
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import AnyOf, Day, OneOf, Paragraphs, SureForm, WholeNumber
from app.web.validators import at_most, between

TEXT_MAX, REASON_MAX = 2000, 1000
YES, NO = "yes", "no"
ASKED_OF = {
    Party.LEARNER: (
        "What goes well?",
        "What is hard, or holds you up? (optional)",
        "What do you want from the time that follows? (optional)",
    ),
    Party.MENTOR: (
        "What goes well?",
        "What should be worked on? (optional)",
        "What will you do to help? (optional)",
    ),
}


class PrepareForm(SureForm):
    """What one of the two has to say before they meet; the questions are `ask_as`'s."""

    goes_well = Paragraphs(
        "What goes well?", validators=[DataRequired("Say what goes well"), at_most("What goes well", TEXT_MAX)]
    )
    is_hard = Paragraphs("What is hard?", validators=[at_most("The answer", TEXT_MAX)])
    comes_next = Paragraphs("What comes next?", validators=[at_most("The answer", TEXT_MAX)])

    def ask_as(self, party: Party) -> None:
        for field, words in zip((self.goes_well, self.is_hard, self.comes_next), ASKED_OF[party], strict=True):
            field.label.text = words

    @property
    def prepared(self) -> Prepared:
        return Prepared(str(self.goes_well.data), str(self.is_hard.data), str(self.comes_next.data))


class WriteForm(SureForm):
    """What the two agreed."""

    met_on = Day("When did you meet?", validators=[DataRequired("Enter when you met")])
    agreed = Paragraphs(
        "What did you agree?", validators=[DataRequired("Say what you agreed"), at_most("What you agreed", TEXT_MAX)]
    )

    def written(self, wordings: Sequence[CapabilityWording]) -> WrittenDown:
        return WrittenDown(self.met_on.given, str(self.agreed.data))


class LastForm(WriteForm):
    """The same of a last review, with what the mentor saw; `seen` asks nothing where there are no capabilities."""

    seen = AnyOf("Which capabilities have you seen?")
    statement = Paragraphs(
        "What did you see the learner do, and what not yet?",
        validators=[DataRequired("Say what you saw the learner do"), at_most("What you saw", TEXT_MAX)],
    )

    def written(self, wordings: Sequence[CapabilityWording]) -> WrittenDown:
        seen = [one for one in wordings if str(one.id) in (self.seen.data or ())]
        return WrittenDown(self.met_on.given, str(self.agreed.data), str(self.statement.data), seen)


class ReopenForm(SureForm):
    """Why it should be written down anew."""

    reason = Paragraphs(
        "Say why, in a few words",
        validators=[DataRequired("Say why, in a few words"), at_most("The reason", REASON_MAX)],
    )


class PlanForm(ChangingForm):
    """From when on a programme asks for reviews, and when they are due."""

    is_asked = OneOf(
        "Do you ask for progress reviews?",
        choices=[(YES, "Yes"), (NO, "No, learners and mentors can hold them but are not asked to")],
        validators=[DataRequired("Choose whether you ask for them")],
    )
    from_on = Day(
        "Of placements that begin on this day or later", validators=[DataRequired("Enter from which day it counts")]
    )
    initial_weeks = WholeNumber(
        "The initial review is due within",
        validators=[InputRequired("Enter the weeks"), between(1, 26, "The weeks of the initial review")],
    )
    final_weeks = WholeNumber(
        "The final review is held within the last",
        validators=[InputRequired("Enter the weeks"), between(1, 12, "The weeks of the final review")],
    )
    short_weeks = WholeNumber(
        "There is no middle review in placements of fewer than",
        validators=[InputRequired("Enter the weeks"), between(2, 52, "The weeks of a short placement")],
    )

    @property
    def weeks(self) -> Weeks:
        return Weeks(self.initial_weeks.given, self.final_weeks.given, self.short_weeks.given)


def values_of_preparation(one: ReviewPreparation | None) -> dict[str, str]:
    if one is None:
        return {}
    return {"goes_well": one.goes_well, "is_hard": one.is_hard, "comes_next": one.comes_next}


def values_of_review(review: ProgressReview) -> dict[str, object]:
    """What a form of one that is written down anew begins with."""
    return {
        "met_on": review.met_on,
        "agreed": review.agreed,
        "statement": review.statement,
        "seen": [str(one.id) for one in review.seen],
    }


def values_of_plan(plan: ReviewPlan | None) -> dict[str, object]:
    weeks = Weeks.of(plan) if plan else Weeks()
    found: dict[str, object] = {
        "initial_weeks": weeks.initial,
        "final_weeks": weeks.final,
        "short_weeks": weeks.short,
    }
    return {**found, "is_asked": YES if plan.is_asked else NO, "from_on": plan.from_on} if plan else found
