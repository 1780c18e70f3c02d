"""What people fill in about studies, registry files, mentors and openings."""

from collections.abc import Iterable

from flask_wtf.file import FileRequired
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.models.organisations import Network, Specialty
from app.models.people import MentorProfile
from app.models.programmes import Level
from app.models.studies import Opening, RegistryKind
from app.models.values.registration import Profession
from app.web.fields import AnyOf, Day, Form, OneOf, Paragraphs, Pick, Text, Upload, WholeNumber
from app.web.organisation_forms import OrganisationForm

PLACES_MAX = 20
LIMIT_MAX = 200
LEARNERS_MAX = 10
HOURS_MAX = 160
WORDS_MAX = 4000
# The MSc has a dissertation instead of a Research Practice Experience.
RPE_LEVELS = (Level.PGCERT, Level.PGDIP)
PROFESSIONS = [(one.name, one.label) for one in Profession]


def between(least: int, most: int, what: str) -> NumberRange:
    return NumberRange(least, most, f"{what} must be between {least} and {most}")


def at_most(what: str, characters: int = WORDS_MAX) -> Length:
    return Length(max=characters, message=f"{what} must be {characters:,} characters or fewer")


class UploadForm(Form):
    """A registry file to import."""

    kind = OneOf(
        "What does the file list?",
        choices=[(kind.value, kind.value.capitalize()) for kind in RegistryKind],
        validators=[DataRequired("Choose what the file lists")],
    )
    file = Upload("The file", validators=[FileRequired("Choose a file")])


class LimitForm(Form):
    """How many learners a study takes at once."""

    learner_limit = WholeNumber(
        "Most learners at once over all openings",
        validators=[Optional(), between(0, LIMIT_MAX, "The number of learners")],
    )


class ProfileForm(OrganisationForm):
    """What a mentor says of herself."""

    profession = Pick(
        "Your profession",
        choices=[("", "Choose your profession"), *PROFESSIONS],
        validators=[DataRequired("Choose your profession")],
    )
    job_title = Text("Your job title", validators=[DataRequired("Enter your job title"), at_most("The job title", 120)])
    specialties = AnyOf("Your specialties")
    teaches = Paragraphs(
        "What can a learner learn from you?",
        validators=[DataRequired("Enter what a learner can learn from you"), at_most("What a learner can learn")],
    )
    learners_max = WholeNumber(
        "Most learners at once",
        validators=[InputRequired("Enter the most learners at once"), between(1, LEARNERS_MAX, "The learners at once")],
    )
    hours_a_month = WholeNumber(
        "Hours a month for all of them",
        validators=[InputRequired("Enter your hours a month"), between(1, HOURS_MAX, "The hours a month")],
    )

    def offer(self, specialties: Iterable[Specialty]) -> None:
        self.specialties.offer([(str(one.id), one.name) for one in specialties])

    def fill_from(self, profile: MentorProfile) -> None:
        """Show what she said before."""
        self.profession.data = profile.profession.name if profile.profession else ""
        self.job_title.data, self.teaches.data = profile.job_title, profile.teaches
        self.specialties.data = [str(one.id) for one in profile.specialties]
        self.learners_max.data, self.hours_a_month.data = profile.learners_max, profile.hours_a_month
        self.start_with(profile.organisation)


class AbsenceForm(Form):
    """Days on which a mentor is away, both included."""

    starts_on = Day("First day away", validators=[InputRequired("Enter the first day away")])
    ends_on = Day("Last day away", validators=[InputRequired("Enter the last day away")])


class OpeningForm(OrganisationForm):
    """What a mentor offers on a study."""

    network = Pick("Network")
    places = WholeNumber(
        "Places",
        validators=[InputRequired("Enter the number of places"), between(1, PLACES_MAX, "The number of places")],
    )
    levels = AnyOf(
        "Levels",
        choices=[(level.name, level.value) for level in RPE_LEVELS],
        validators=[DataRequired("Choose at least one level")],
    )
    starts_on = Day("First day", validators=[InputRequired("Enter the first day")])
    ends_on = Day("Last day", validators=[InputRequired("Enter the last day")])
    professions = AnyOf("Professions", choices=PROFESSIONS)
    learner_does = Paragraphs(
        "What will the learner do?",
        validators=[DataRequired("Enter what the learner will do"), at_most("What the learner will do")],
    )

    def offer(self, networks: Iterable[Network]) -> None:
        self.network.offer([("", "The network of the organisation"), *((str(one.id), one.name) for one in networks)])

    def fill_from(self, opening: Opening) -> None:
        """Show what was published."""
        self.network.data, self.places.data = str(opening.network_id), opening.places
        self.levels.data = [level.name for level in opening.levels]
        self.professions.data = [profession.name for profession in opening.professions]
        self.learner_does.data = opening.learner_does
        self.start_with(opening.organisation)
