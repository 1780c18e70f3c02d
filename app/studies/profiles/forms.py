"""What a mentor fills in about herself."""

from collections.abc import Iterable

from wtforms.validators import DataRequired, InputRequired, Optional

from app.models.organisations import Specialty
from app.models.people import MentorProfile
from app.models.values.registration import Profession
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import AnyOf, Day, Paragraphs, Pick, SureForm, Text, WholeNumber
from app.web.forms.organisations import OrganisationForm
from app.web.validators import at_most, between

PROFESSIONS = [(one.name, one.label) for one in Profession]


LEARNERS_MAX = 10


HOURS_MAX = 160


class ProfileForm(OrganisationForm, ChangingForm):
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

    minimum_if_used = WholeNumber(
        "Fewest learners to start with",
        validators=[Optional(), between(2, LEARNERS_MAX, "The fewest learners to start with")],
    )

    def offer(self, specialties: Iterable[Specialty]) -> None:
        self.specialties.offer([(str(one.id), one.name) for one in specialties])

    def fill_from(self, profile: MentorProfile) -> None:
        """Show what she said before."""
        self.profession.data = profile.profession.name if profile.profession else ""
        self.job_title.data, self.teaches.data = profile.job_title, profile.teaches
        self.specialties.data = [str(one.id) for one in profile.specialties]
        self.learners_max.data, self.hours_a_month.data = profile.learners_max, profile.hours_a_month
        self.minimum_if_used.data = profile.minimum_if_used or None
        self.start_with(profile.organisation)


class AbsenceForm(SureForm):
    """Days on which a mentor is away, both included."""

    starts_on = Day("First day away", validators=[InputRequired("Enter the first day away")])
    ends_on = Day("Last day away", validators=[InputRequired("Enter the last day away")])
