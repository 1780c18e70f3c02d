"""What a learner answers so that the conditions of a call can be asked, her statement, and her declaration."""

from collections.abc import Sequence

from wtforms.validators import DataRequired, InputRequired

from app.bursaries.applying.service import Answers
from app.models.bursaries.applications import BursaryApplication
from app.models.bursaries.calls import BursaryCall
from app.models.people import Person
from app.models.programmes import Programme
from app.models.values.registration import Profession, Regulator
from app.rules.bursaries.known import Known
from app.rules.credit.entry import BEFORE
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import Form, OneOf, Paragraphs, Pick, SureForm, Text, Tick
from app.web.validators import WORDS_MAX, at_most

YES_NO = (("yes", "Yes"), ("no", "No"))
NO_COURSE = "none"


class AnswersForm(SureForm, ChangingForm):
    """The conditions of a call as questions; those that it does not ask are left out."""

    profession = Pick(
        "Your profession",
        choices=[("", "Choose your profession"), *((one.name, one.label) for one in Profession)],
        validators=[DataRequired("Choose your profession")],
    )
    regulator = Pick(
        "Who you are registered with",
        choices=[("", "Nobody"), *((one.name, f"{one.full_name} ({one.value})") for one in Regulator)],
    )
    number = Text("Registration number", validators=[at_most("The registration number", 40)])
    programme = Pick("Your course", validators=[DataRequired("Choose your course, or that you have none")])
    place = Text(
        "If you are not enrolled yet: how was the place offered?", validators=[at_most("How it was offered", 200)]
    )
    level_before = Text("Where and when did you pass it?", validators=[at_most("Where and when", 200)])
    was_funded = OneOf(
        "Have you had a bursary for this level before?",
        choices=YES_NO,
        validators=[InputRequired("Say whether you had a bursary for this level before")],
    )
    is_retake = OneOf(
        "Do you take this level again?",
        choices=YES_NO,
        validators=[InputRequired("Say whether you take this level again")],
    )

    def ask_for(self, call: BursaryCall, known: Known, programmes: Sequence[Programme]) -> "AnswersForm":
        """Ask what this call asks, and nothing that is on record here already."""
        self.programme.offer(
            [
                ("", "Choose one"),
                *((str(one.id), f"{one.provider.name}: {one.title}") for one in programmes),
                (NO_COURSE, "None of these"),
            ]
        )
        before = BEFORE[call.level]
        if not call.asks_level_before or before is None or before in known.passed:
            del self.level_before
        else:
            self.level_before.label.text = f"Where and when did you pass the {before.value}?"
        if not call.asks_first_funding:
            del self.was_funded, self.is_retake
        return self

    @property
    def answers(self) -> Answers:
        """What was entered; only of a form that is valid."""
        return Answers(
            profession=Profession[self.profession.data],
            regulator=Regulator[self.regulator.data] if self.regulator.data else None,
            number=str(self.number.data or ""),
            programme_id=int(self.programme.data) if self.programme.data != NO_COURSE else None,
            place=str(self.place.data or ""),
            level_before=str(self.level_before.data or "") if self.level_before else "",
            was_funded=self.was_funded.data == "yes" if self.was_funded else None,
            is_retake=self.is_retake.data == "yes" if self.is_retake else None,
        )


def answered(application: BursaryApplication) -> dict[str, str]:
    """What she has answered, as her form shows it."""
    return {
        "profession": application.profession.name if application.profession else "",
        "regulator": application.regulator.name if application.regulator else "",
        "number": application.registration_number,
        "programme": str(application.programme_id or NO_COURSE),
        "place": application.place,
        "level_before": application.level_before,
        **{name: yes_or_no(getattr(application, name)) for name in ("was_funded", "is_retake")},
    }


def known_before(learner: Person, known: Known, call: BursaryCall) -> dict[str, str]:
    """What the form of a new application begins with: her profile, and her course of the level."""
    profile = learner.learner_profile
    courses = [one for one in known.enrolled.values() if one.level is call.level]
    return {
        "profession": profile.profession.name if profile and profile.profession else "",
        "regulator": profile.regulator.name if profile and profile.regulator else "",
        "number": profile.registration_number if profile else "",
        "programme": str(courses[0].id) if courses else "",
    }


def yes_or_no(answer: bool | None) -> str:
    return "" if answer is None else "yes" if answer else "no"


class StatementForm(SureForm, ChangingForm):
    """Why she should have the bursary."""

    statement = Paragraphs(
        "Your statement",
        validators=[DataRequired("Write your statement"), at_most("Your statement", WORDS_MAX)],
    )


class SendForm(Form):
    """That what she says is so."""

    declares = Tick("I declare all of this", validators=[InputRequired("Tick that you declare it, or do not send it")])
