"""What a mentor offers on a study."""

from collections.abc import Iterable

from wtforms.validators import DataRequired, InputRequired

from app.models.organisations import Network
from app.models.programmes import Level
from app.models.studies import Opening
from app.models.values.registration import Profession
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import AnyOf, Day, Paragraphs, Pick, WholeNumber
from app.web.forms.organisations import OrganisationForm
from app.web.validators import at_most, between

PROFESSIONS = [(one.name, one.label) for one in Profession]


PLACES_MAX = 20


# The MSc has a dissertation instead of a Research Practice Experience.
RPE_LEVELS = (Level.PGCERT, Level.PGDIP)


class OpeningForm(OrganisationForm, ChangingForm):
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
