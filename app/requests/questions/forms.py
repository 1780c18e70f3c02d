"""What a learner fills in on the pages of a request: one class for each page."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, StopValidation

from app.models.organisations import Network, Organisation, Specialty
from app.models.people import Person
from app.models.programmes import Module, Programme, Provider
from app.models.requests import ExclusionKind
from app.models.values.backgrounds import EmployerKind, ResearchExperience
from app.models.values.registration import Profession, Regulator
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import AnyOf, Day, Form, OneOf, Paragraphs, Pick, SureForm, Text, Tick

FIELDS_OF_SPECIALTIES = ("first", "second", "third", "fourth", "fifth")
OTHER_PROGRAMME = "other"
NONE_OF_THESE = "none"


class Picked(OneOf):
    """One of those found for what was typed, or none: a pick goes when what was typed no longer finds it."""

    def pre_validate(self, form: Any) -> None:
        offered = {choice.value for choice in self.iter_choices()}
        if self.data not in offered:
            self.data = None
        if offered and self.data is None:
            raise StopValidation("Choose which of them it is, or “None of these”")

    def offer_found(self, found: Sequence[tuple[str, str]]) -> None:
        """Show what was found, with a way to say that it is none of them; nothing when nothing was found."""
        self.offer([*found, (NONE_OF_THESE, "None of these")] if found else [])


class LosingForm(Form):
    """A form whose answer may take choices off the learner's list, which it asks about."""

    is_sure = Tick("Take them off my list, and save")


class ProfessionForm(LosingForm, ChangingForm):
    """What the learner is by profession."""

    profession = Pick(
        "Your profession",
        choices=[("", "Choose your profession"), *((one.name, one.label) for one in Profession)],
        validators=[DataRequired("Choose your profession")],
    )
    regulator = Pick(
        "Regulator (optional)",
        choices=[("", "None, or leave it out"), *((one.name, f"{one.full_name} ({one.value})") for one in Regulator)],
    )
    number = Text("Registration number (optional)", validators=[Length(max=40, message="The number is too long")])

    @property
    def chosen_profession(self) -> Profession:
        return Profession[self.profession.data]

    @property
    def chosen_regulator(self) -> Regulator | None:
        return Regulator[self.regulator.data] if self.regulator.data else None


class WorkForm(ChangingForm):
    """Where the learner works; the employer is picked among those found, or stays as typed."""

    job_title = Text(
        "Your job title",
        validators=[DataRequired("Enter your job title"), Length(max=120, message="Use at most 120 characters")],
    )
    typed = Text(
        "Your employer",
        validators=[DataRequired("Enter your employer"), Length(max=200, message="Use at most 200 characters")],
    )
    picked = Picked("Is it one of these?")
    employer_kind = Pick(
        "What kind of employer is it? (optional)",
        choices=[("", "Leave it out"), *((one.name, one.label) for one in EmployerKind)],
    )
    experience = Pick(
        "What had you done in research before this programme? (optional)",
        choices=[("", "Leave it out"), *((one.name, one.label) for one in ResearchExperience)],
    )

    def offer(self, organisations: Iterable[Organisation]) -> None:
        """Show what was found."""
        self.picked.offer_found([(str(one.id), one.name) for one in organisations])

    @property
    def background(self) -> tuple[EmployerKind | None, ResearchExperience | None]:
        """What she says of her employer and of herself for the figures of fair shares."""
        kind, experience = self.employer_kind.data, self.experience.data
        return EmployerKind[kind] if kind else None, ResearchExperience[experience] if experience else None


class ModuleForm(LosingForm, ChangingForm):
    """For which module the placement is."""

    module = OneOf("Which module is this placement for?", validators=[InputRequired("Choose a module")])

    def offer(self, modules: Iterable[Module]) -> None:
        known = [(str(one.id), f"{one.title}, {one.programme.title}") for one in modules]
        self.module.offer([*known, (OTHER_PROGRAMME, "A module of another programme")])


class ProviderForm(Form):
    """At which university the learner studies; the answer goes into the address, so there is nothing to forge."""

    class Meta:
        csrf = False

    provider = OneOf("Where do you study?", validators=[InputRequired("Choose your university")])

    def offer(self, providers: Iterable[Provider]) -> None:
        self.provider.offer([(str(one.id), one.name) for one in providers])


class ProgrammeForm(LosingForm):
    """Which programme, and since when."""

    programme = OneOf("Which programme are you on?", validators=[InputRequired("Choose your programme")])
    started_on = Day(
        "When did it start, or when will it start?", validators=[InputRequired("Enter when your programme starts")]
    )

    def offer(self, programmes: Iterable[Programme]) -> None:
        self.programme.offer([(str(one.id), one.title) for one in programmes])


class InterestsForm(SureForm, ChangingForm):
    """What interests the learner, in words and as specialties in order."""

    interests = Paragraphs("In your own words", validators=[Length(max=4000, message="Use at most 4,000 characters")])
    first = Pick("First")
    second = Pick("Second (optional)")
    third = Pick("Third (optional)")
    fourth = Pick("Fourth (optional)")
    fifth = Pick("Fifth (optional)")

    @property
    def picks(self) -> list[Pick]:
        return [self[name] for name in FIELDS_OF_SPECIALTIES]

    def offer(self, specialties: Iterable[Specialty]) -> None:
        choices = [("", "None"), *((str(one.id), one.name) for one in specialties)]
        for pick in self.picks:
            pick.offer(choices)

    def validate(self, extra_validators: Any = None) -> bool:
        """A specialty can be chosen once."""
        is_good = bool(super().validate(extra_validators))
        seen: set[str] = set()
        for pick in self.picks:
            if pick.data and pick.data in seen:
                pick.errors = [*pick.errors, "You have chosen this specialty already. Choose another or none."]
                is_good = False
            seen.add(pick.data)
        return is_good

    @property
    def chosen_ids(self) -> list[int]:
        """The chosen specialties in order, without gaps."""
        return [int(pick.data) for pick in self.picks if pick.data]


class WhereForm(LosingForm, ChangingForm):
    """Which networks are within reach, and between which days the placement can start."""

    networks = AnyOf("Networks within your reach", validators=[DataRequired("Choose at least one network")])
    start_from = Day("Earliest start", validators=[InputRequired("Enter the earliest day you can start")])
    start_until = Day("Latest start", validators=[InputRequired("Enter the latest day you can start")])

    def offer(self, networks: Iterable[Network]) -> None:
        self.networks.offer([(str(one.id), one.name) for one in networks])


class AnybodyForm(ChangingForm):
    """Whether there is anybody who must not be the mentor."""

    anybody = OneOf(
        "Is there anybody who must not be your mentor?",
        choices=[("no", "No, nobody"), ("yes", "Yes")],
        validators=[InputRequired("Choose whether there is anybody who must not be your mentor")],
    )


class ExcludeForm(SureForm):
    """Who must not be the mentor, and why."""

    typed = Text(
        "Name",
        validators=[
            DataRequired("Enter the name of the person"),
            Length(max=120, message="Use at most 120 characters"),
        ],
    )
    picked = Picked("Is it one of these mentors?")
    email = Text(
        "Email address (optional)",
        validators=[Optional(), Email("Enter an email address like name@example.nhs.uk, or leave it out")],
    )
    kind = OneOf(
        "Why must this person not be your mentor?",
        choices=[
            (ExclusionKind.LINE_MANAGER.name, "This person is my line manager"),
            (ExclusionKind.CONFLICT.name, "We have a conflict of interest"),
        ],
        validators=[InputRequired("Choose why this person must not be your mentor")],
    )
    why = Paragraphs("In a few words", validators=[Length(max=500, message="Use at most 500 characters")])

    def offer(self, mentors: Iterable[Person]) -> None:
        self.picked.offer_found([(str(one.id), mentor_line(one)) for one in mentors])


def mentor_line(mentor: Person) -> str:
    """A mentor's name with what tells namesakes apart."""
    profile = mentor.mentor_profile
    organisation = profile.organisation.name if profile and profile.organisation else ""
    return ", ".join(part for part in (mentor.name, profile.job_title if profile else "", organisation) if part)
