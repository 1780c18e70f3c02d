"""What a learner fills in about the openings that fit and her list."""

from collections.abc import Iterable

from flask import request
from wtforms import IntegerField
from wtforms.validators import InputRequired

from app.models.organisations import Network, Specialty
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import Form, OneOf, Pick, Text

FIT_WORDS = ("strong", "good", "some", "little")


class AnyOtherForm(ChangingForm):
    """Whether an opening that is not on the list is welcome too."""

    takes_any_other = OneOf(
        "Would you take any other opening that fits?",
        choices=[("yes", "Yes, any other opening that fits"), ("no", "No, only the openings on my list")],
        validators=[InputRequired("Choose whether you would take any other opening that fits")],
    )


class SearchForm(Form):
    """What to look for among the openings that fit."""

    class Meta:
        csrf = False

    text = Text("Words in the study, the mentor or the place")
    specialty = Pick("Specialty")
    network = Pick("Network")
    fit = Pick("Fit", choices=[("", "Any fit"), *((word, word.capitalize()) for word in FIT_WORDS)])
    page = IntegerField(default=1)

    def __init__(self) -> None:
        super().__init__(formdata=request.args)

    def offer(self, specialties: Iterable[Specialty], networks: Iterable[Network]) -> None:
        self.specialty.offer([("", "Any specialty"), *((str(one.id), one.name) for one in specialties)])
        self.network.offer([("", "Any network"), *((str(one.id), one.name) for one in networks)])


class MoveForm(Form):
    """To which number on the list an opening goes."""

    to = IntegerField()
