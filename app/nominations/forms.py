"""What a learner enters about her supervisor, and what the supervisor answers."""

from collections.abc import Iterable

from wtforms.validators import DataRequired, Email, InputRequired, Length

from app.models.organisations import Network
from app.models.programmes import Module
from app.models.values.identifiers import Scheme
from app.web.fields import Day, OneOf, Paragraphs, Pick, SureForm, Text
from app.web.forms.organisations import OrganisationForm

YES, NO = "yes", "no"
SHORT = Length(max=120, message="Use at most 120 characters")
TITLE = Length(max=300, message="Use at most 300 characters")
REASON_MAX = 500


class NominationForm(OrganisationForm):
    """Whom a learner names, for which module, where and when."""

    module = OneOf("For which module?", validators=[InputRequired("Choose the module")])
    name = Text("Name", validators=[DataRequired("Enter the name of your supervisor"), SHORT])
    email = Text(
        "Work email address",
        validators=[
            DataRequired("Enter the email address of your supervisor"),
            Email("Enter an email address like name@example.nhs.uk"),
            SHORT,
        ],
    )
    job_title = Text("Job", validators=[DataRequired("Enter the job of your supervisor"), SHORT])
    network = Pick("Network")
    starts_on = Day("First day", validators=[InputRequired("Enter the first day")])
    ends_on = Day("Last day", validators=[InputRequired("Enter the last day")])

    def offer(self, modules: Iterable[Module], networks: Iterable[Network]) -> None:
        known = list(modules)
        self.module.offer([(str(one.id), f"{one.programme.title}, {one.title}") for one in known])
        if len(known) == 1 and not self.module.data:
            self.module.process_data(str(known[0].id))
        self.network.offer([("", "The network of the organisation"), *((str(one.id), one.name) for one in networks)])


class OtherStudyForm(NominationForm):
    """The same with a study that is not listed here."""

    study_title = Text("Title of the study", validators=[DataRequired("Enter the title of the study"), TITLE])
    scheme = OneOf(
        "Which number of the study do you know?",
        choices=[(scheme.name, scheme.value) for scheme in Scheme],
        validators=[InputRequired("Choose which number you know")],
    )
    number = Text("The number", validators=[DataRequired("Enter the number of the study"), SHORT])


class AnswerForm(SureForm):
    """Whether the person supervises this learner."""

    takes = OneOf("Do you supervise this learner?", validators=[InputRequired("Choose yes or no")])
    reason = Paragraphs(
        "Why not? The learner reads it.",
        validators=[Length(max=REASON_MAX, message=f"Use at most {REASON_MAX} characters")],
    )

    def offer(self, learner: str) -> None:
        self.takes.offer([(YES, f"Yes, I supervise {learner} as described"), (NO, "No")])
