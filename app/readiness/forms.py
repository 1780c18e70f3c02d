"""What people enter about what a placement needs."""

from wtforms.validators import DataRequired, InputRequired

from app.models.course.readiness import NeedKind
from app.models.values.access_papers import Employment
from app.phrasebook.readiness import EMPLOYMENTS, FIRST_DAY, LAST_DAY
from app.readiness.service import Evidence
from app.rules.readiness.site_rules import NAMES, SiteRule
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import Day, Form, OneOf, Paragraphs, SureForm, Text, WholeNumber
from app.web.validators import at_most, between

YES, NO = "yes", "no"


def why() -> Paragraphs:
    return Paragraphs(
        "Say why, in a few words", validators=[DataRequired("Say why, in a few words"), at_most("The reason", 1000)]
    )


class EvidenceForm(SureForm):
    """From when until when something counts, and where it is kept."""

    from_on = Day("First day", validators=[InputRequired("Enter the day")])
    until_on = Day("Last day (optional)")
    reference = Text("Where it is kept, or its number (optional)", validators=[at_most("The reference", 200)])

    def ask_about(self, kind: NeedKind) -> None:
        """Name the days as this need does; some have no last day."""
        self.from_on.label.text = FIRST_DAY[kind]
        if LAST_DAY[kind]:
            self.until_on.label.text = LAST_DAY[kind]
        else:
            del self.until_on

    @property
    def evidence(self) -> Evidence:
        until = self.until_on.data if "until_on" in self else None
        return Evidence(self.from_on.given, until, str(self.reference.data))


class ReasonForm(SureForm):
    """Why, in a few words."""

    reason = why()


class ExceptionForm(SureForm):
    """Until when work may start or go on without something, and why."""

    until_on = Day("Last day of the exception", validators=[InputRequired("Enter the last day of the exception")])
    reason = why()


class EndCoverForm(SureForm):
    """From when on something counts no longer, and why."""

    last_day = Day("Last day on which it counted", validators=[InputRequired("Enter the last day on which it counted")])
    reason = why()


class PaperForm(Form):
    """What decides which access paper is needed."""

    employment = OneOf(
        "Who employs the learner?",
        choices=[(one.name, words) for one, words in EMPLOYMENTS.items()],
        validators=[DataRequired("Choose who employs the learner")],
    )
    bears_on_care = OneOf(
        "Does the work bear directly on the care of patients? (asked only for a university or another employer)",
        choices=[(YES, "Yes"), (NO, "No")],
    )

    @property
    def answers(self) -> tuple[Employment, bool | None]:
        bears = self.bears_on_care.data
        return Employment[str(self.employment.data)], None if not bears else bears == YES


class RuleForm(ChangingForm):
    """How long training counts, and how early each need is due."""

    gcp_months = WholeNumber(
        "Months for which training in good clinical practice counts",
        validators=[InputRequired("Enter the months"), between(1, 120, "The months")],
    )
    access_days = WholeNumber(
        "Access paper",
        validators=[InputRequired("Enter the working days"), between(0, 120, "The working days")],
    )
    release_days = WholeNumber(
        "Employer’s release",
        validators=[InputRequired("Enter the working days"), between(0, 120, "The working days")],
    )
    gcp_days = WholeNumber(
        "Training in good clinical practice",
        validators=[InputRequired("Enter the working days"), between(0, 120, "The working days")],
    )
    delegation_days = WholeNumber(
        "Delegation log",
        validators=[InputRequired("Enter the working days"), between(0, 120, "The working days")],
    )

    @property
    def rule(self) -> SiteRule:
        return SiteRule(*(self[name].given for name in NAMES))
