"""What people enter about a sign-off."""

from wtforms.validators import DataRequired, Email, Optional

from app.models.course.sign_offs import ReturnPart
from app.sign_offs.service import Attestation
from app.web.fields import OneOf, Paragraphs, SureForm, Text
from app.web.validators import at_most

TEXT_MAX, REASON_MAX, NAME_MAX = 2000, 1000, 200
OTHER, SELF = "other", "self"


class AttestForm(SureForm):
    """What the mentor saw, why she signs although something is missing, and who confirms it."""

    words = Paragraphs(
        "What did you see the learner do?",
        validators=[DataRequired("Say what you saw the learner do"), at_most("What you saw", TEXT_MAX)],
    )
    reason = Paragraphs(
        "Something is missing. Why do you sign it all the same?", validators=[at_most("The reason", REASON_MAX)]
    )
    who = OneOf(
        "Who confirms it from the records of the study?",
        choices=[
            (OTHER, "Somebody else of the study team, or the principal investigator"),
            (SELF, "I am the principal investigator, and there is nobody else"),
        ],
        validators=[DataRequired("Choose who confirms it")],
    )
    name = Text("Their name", validators=[at_most("The name", NAME_MAX)])
    role = Text(
        "Role in the study",
        validators=[DataRequired("Enter the role in the study"), at_most("The role", NAME_MAX)],
    )
    email = Text(
        "Their work email address", validators=[Optional(), Email("Enter an email address like name@example.nhs.uk")]
    )

    @property
    def attestation(self) -> Attestation:
        return Attestation(
            str(self.words.data),
            self.reason.data or "",
            self.who.data == SELF,
            self.name.data or "",
            str(self.role.data),
            self.email.data or "",
        )


class ConfirmForm(SureForm):
    """Which records were compared."""

    words = Paragraphs(
        "Which records did you compare it with?",
        validators=[DataRequired("Say which records you compared it with"), at_most("Your answer", REASON_MAX)],
    )


class DecideForm(SureForm):
    """What the university says beside its signature."""

    words = Paragraphs("Is there anything to add? (optional)", validators=[at_most("What you add", REASON_MAX)])
    reason = Paragraphs(
        "Something is missing. Why do you sign it off all the same?", validators=[at_most("The reason", REASON_MAX)]
    )


class WhyForm(SureForm):
    """Why, in words that stay."""

    reason = Paragraphs(
        "Say why, in a few words",
        validators=[DataRequired("Say why, in a few words"), at_most("The reason", REASON_MAX)],
    )


class ReturnForm(SureForm):
    """What is not right, beside each part of the record; a part that is right stays empty."""

    hours = Paragraphs("Hours (optional)", validators=[at_most("What you write", REASON_MAX)])
    sessions = Paragraphs("Sessions (optional)", validators=[at_most("What you write", REASON_MAX)])
    evidence = Paragraphs("Evidence (optional)", validators=[at_most("What you write", REASON_MAX)])
    review = Paragraphs("Progress reviews (optional)", validators=[at_most("What you write", REASON_MAX)])
    other = Paragraphs("Something else (optional)", validators=[at_most("What you write", REASON_MAX)])

    @property
    def parts(self) -> dict[ReturnPart, str]:
        said = {part: str(self[part.name.lower()].data or "").strip() for part in ReturnPart}
        return {part: words for part, words in said.items() if words}
