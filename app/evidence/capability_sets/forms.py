"""What a lead enters about a capability."""

from wtforms.validators import DataRequired, Length

from app.models.course.capabilities import Capability
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import Form, Paragraphs, Text

NAME_MAX, WORDS_MAX = 120, 1000


class CapabilityForm(Form):
    """A capability that is added."""

    name = Text(
        "Name",
        validators=[
            DataRequired("Enter a name"),
            Length(max=NAME_MAX, message=f"The name must be {NAME_MAX} characters or fewer"),
        ],
    )
    words = Paragraphs(
        "What somebody does who has it",
        validators=[
            DataRequired("Say what somebody does who has it"),
            Length(max=WORDS_MAX, message=f"The description must be {WORDS_MAX:,} characters or fewer"),
        ],
    )


class RewordingForm(ChangingForm, CapabilityForm):
    """A capability that is said otherwise."""


def form_of(capability: Capability) -> RewordingForm:
    """The form as it would be made of what stands now."""
    return RewordingForm(formdata=None, name=capability.wording.name, words=capability.wording.words)
