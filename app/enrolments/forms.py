"""What leads and learners enter about a learner's way."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from app.language.refusal import Refused
from app.models.academic.enrolment_steps import WayReason
from app.models.organisations import Organisation
from app.models.people import Person
from app.models.programmes import Level, Provider
from app.promises.stepping_away import OfPlacement
from app.rules.enrolments.starts import Start
from app.web.fields import Day, OneOf, Paragraphs, Pick, SureForm, Text, Tick
from app.web.forms.organisations import OrganisationForm
from app.web.validators import at_most

WORDS_MAX, FUNDER_MAX = 1000, 200
REASONS = [(one.name, one.value.capitalize()) for one in WayReason]
TO_STEP_OUT = [(name, words) for name, words in REASONS if name != WayReason.GOES_ON.name]
NO_LENGTH = Length(max=200, message="Use at most 200 characters")


def offer_starts(field: Pick, starts: Sequence[Start], *, with_university: bool = False) -> None:
    def label(one: Start) -> str:
        return f"{one.programme.provider.name}: {one.label}" if with_university else one.label

    field.offer([("", "Choose one"), *((one.key, label(one)) for one in starts)])


class AroundForm(OrganisationForm):
    """The cohort, where the learner works, and who pays."""

    start = Pick("Programme and cohort", validators=[DataRequired("Choose the programme and the cohort")])
    organisation = Text("Where does the learner work? (optional)")
    funder = Text("Who pays? (optional)", validators=[at_most("The funder", FUNDER_MAX)])

    def workplace(self, session: Session) -> Organisation | None:
        """The organisation that is meant, where one was typed; raises Refused where that is not clear."""
        return self.chosen(session) if self.organisation.data else None


class EntryForm(AroundForm):
    """From when somebody is enrolled, who supervises her, and what counts in place of the level before."""

    started_on = Day("First day", validators=[InputRequired("Enter the first day")])
    supervisor = Pick("Academic supervisor (optional)")
    equivalence = Paragraphs(
        "What counts in place of the level before? (optional)", validators=[at_most("What counts", WORDS_MAX)]
    )

    def refuse(self, refusal: Refused) -> None:
        """With a transfer the first day here ends another programme: what is wrong with that day is wrong with this."""
        super().refuse(Refused(refusal.message, "started_on") if refusal.field == "day" else refusal)

    def offer_supervisors(self, supervisors: Sequence[Person]) -> None:
        choices = [(str(one.id), f"{one.name}, {one.email}") for one in supervisors]
        self.supervisor.offer([("", "Nobody yet"), *choices])


class EnrolForm(EntryForm):
    """Whom a lead enrols directly."""

    name = Text("Full name", validators=[DataRequired("Enter the learner’s full name"), NO_LENGTH])
    email = Text(
        "Email address",
        validators=[
            DataRequired("Enter the learner’s email address"),
            Email("Enter an email address in the usual form, like name@example.org"),
        ],
    )


class ReasonForm(SureForm):
    """Why, in a word and in words."""

    reason = OneOf("Why?", choices=REASONS, validators=[DataRequired("Choose why")])
    words = Paragraphs("More about it (optional)", validators=[at_most("What you write", WORDS_MAX)])


class StepOutForm(ReasonForm):
    """From when a learner is away, and when she means to return."""

    reason = OneOf("Why?", choices=TO_STEP_OUT, validators=[DataRequired("Choose why")])
    day = Day("First day away", validators=[InputRequired("Enter the first day away")])
    returns_on = Day("Expected day of return (optional)")


class LastDayForm(ReasonForm):
    """The last day on a programme."""

    day = Day("Last day on the programme", validators=[InputRequired("Enter the last day on the programme")])


class ReturnForm(SureForm):
    """From when somebody is back."""

    day = Day("First day back", validators=[InputRequired("Enter the first day back")])
    words = Paragraphs("More about it (optional)", validators=[at_most("What you write", WORDS_MAX)])


class CompleteForm(SureForm):
    """When the level was completed."""

    day = Day("Last day on the programme", validators=[InputRequired("Enter the last day on the programme")])
    words = Paragraphs("More about it (optional)", validators=[at_most("What you write", WORDS_MAX)])


def with_meanwhile(form: type[SureForm], placements: Sequence[OfPlacement], asks_of_requests: bool) -> type[SureForm]:
    """The form with questions about what rests on the programme: a placement, and requests or an offer."""
    words = {
        OfPlacement.PAUSE: "Ask the coordinators to pause it until the return",
        OfPlacement.END: "Ask the coordinators to end it",
        OfPlacement.STAYS: "It goes on as it is",
    }
    asked: dict[str, Any] = {}
    if placements:
        asked["placements"] = OneOf(
            "What is to become of the placement?",
            choices=[(one.name, words[one]) for one in placements],
            validators=[DataRequired("Say what is to become of the placement")],
        )
    if asks_of_requests:
        asked["requests"] = OneOf(
            "What is to become of the request for a placement?",
            choices=[("keep", "It stays, for a placement after the return"), ("end", "It is taken back")],
            validators=[DataRequired("Say what is to become of the request")],
        )
    return type(form.__name__, (form,), asked) if asked else form


class NoForm(SureForm):
    """Why not; the learner reads it."""

    answer = Paragraphs("Why not?", validators=[DataRequired("Say why, in a few words"), at_most("The reason")])


class ApplyForm(SureForm):
    """A learner asks for a place on a programme, or for a transfer to it."""

    start = Pick("Which programme, and when?", validators=[DataRequired("Choose the programme")])
    leaving = Pick("Would you leave another programme for it?")
    words = Paragraphs(
        "What should the programme lead know? (optional)", validators=[at_most("What you write", WORDS_MAX)]
    )
    shares = Tick("The academics there may read the records of my earlier placements")


class AskForm(SureForm):
    """What a learner asks about a programme that she is on: from when, and why."""

    day = Day("From which day?", validators=[InputRequired("Enter from which day")])
    reason = OneOf("Why?", choices=REASONS, validators=[Optional()])
    words = Paragraphs("More about it (optional)", validators=[at_most("What you write", WORDS_MAX)])


class AskStepOutForm(AskForm):
    """The same with when she means to return."""

    reason = OneOf("Why?", choices=TO_STEP_OUT, validators=[Optional()])
    returns_on = Day("When do you expect to return? (optional)")


class AwardForm(SureForm):
    """A level that somebody was awarded elsewhere, and who is asked to confirm it."""

    level = OneOf(
        "Which level?",
        choices=[(one.name, one.value) for one in Level],
        validators=[DataRequired("Choose the level")],
    )
    title = Text("Title of the award", validators=[DataRequired("Enter the title of the award"), NO_LENGTH])
    awarded_by = Text("University that awarded it", validators=[DataRequired("Enter the university"), NO_LENGTH])
    awarded_on = Day("Date of the award", validators=[InputRequired("Enter the date of the award")])
    reference = Text(
        "Number of the certificate, or where the award can be checked",
        validators=[DataRequired("Enter how the award can be checked"), NO_LENGTH],
    )
    provider = Pick("Who should confirm it?", validators=[DataRequired("Choose the university that should confirm it")])

    def offer_providers(self, providers: Sequence[Provider]) -> None:
        self.provider.offer([("", "Choose one"), *((str(one.id), one.name) for one in providers)])
