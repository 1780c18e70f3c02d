"""What is said of a call, and the short forms that change one that is published."""

import re
from collections.abc import Sequence

from wtforms import ValidationError
from wtforms.validators import DataRequired, InputRequired, Optional

from app.bursaries.calls.service import SaidOfCall
from app.models.bursaries.calls import ANSWER_DAYS, SCORES_NEEDED, BursaryCall, DoctorsAndDentists, Method
from app.models.programmes import Level, Provider
from app.models.values.registration import Regulator
from app.rules.bursaries.conditions import REGULATORS
from app.web.deeds.meanwhile import ChangingForm
from app.web.deeds.moments import Beginning, End
from app.web.fields import AnyOf, Form, OneOf, Paragraphs, Pick, SureForm, Text, WholeNumber
from app.web.forms.money import Pounds
from app.web.validators import at_most, between

ALL_UNIVERSITIES = "all"
NUMBER_MAX, ANSWER_DAYS_MAX, SCORES_MAX, WEIGHT_MAX, CRITERIA_MAX = 1000, 60, 5, 10, 10
CRITERION = re.compile(r"(?P<title>.+?)\s*:\s*(?P<weight>[0-9]{1,2})", re.ASCII)
CONDITIONS = (
    ("asks_place", "A place on a course of this level, held or offered"),
    ("asks_level_before", "The level before this one is passed"),
    ("asks_first_funding", "No bursary for this level before, and no retake"),
    ("has_no_deferral", "The bursary cannot be kept for a later course"),
)


class Criteria(Paragraphs):
    """One criterion a line, with its weight after a colon."""

    pairs: tuple[tuple[str, int], ...] = ()

    def pre_validate(self, form: Form) -> None:
        lines = [line.strip() for line in str(self.data or "").splitlines() if line.strip()]
        self.pairs = tuple(criterion_in(line) for line in lines)
        if len(lines) > CRITERIA_MAX:
            raise ValidationError(f"Use at most {CRITERIA_MAX} criteria")
        if len({title.casefold() for title, _ in self.pairs}) < len(lines):
            raise ValidationError("Two criteria have the same name: give each its own")


def criterion_in(line: str) -> tuple[str, int]:
    found = CRITERION.fullmatch(line)
    if not found or not 1 <= int(found["weight"]) <= WEIGHT_MAX:
        raise ValidationError(f"“{line}” must end with a colon and a weight from 1 to {WEIGHT_MAX}, like “Why now: 3”")
    return found["title"], int(found["weight"])


class CallForm(SureForm, ChangingForm):
    """All that a call says before it is published."""

    provider = Pick("University", validators=[DataRequired("Choose the university")])
    title = Text("Title", validators=[DataRequired("Enter a title, like PGCert bursaries 2027"), at_most("Title", 120)])
    level = OneOf(
        "Level",
        choices=[(level.name, level.value) for level in Level],
        validators=[InputRequired("Choose the level")],
    )
    number = WholeNumber(
        "How many bursaries",
        validators=[InputRequired("Enter how many bursaries there are"), between(1, NUMBER_MAX, "The number")],
    )
    covers = Paragraphs(
        "What a bursary pays", validators=[DataRequired("Say what a bursary pays"), at_most("What it pays", 500)]
    )
    amount = Pounds("At most, in pounds (optional)", validators=[Optional()])
    courses = Text(
        "For which courses",
        validators=[
            DataRequired("Say for which courses, like those that begin in September 2027"),
            at_most("For which courses", 200),
        ],
    )
    opens_at = Beginning("Applications open", validators=[InputRequired("Enter when applications open")])
    closes_at = End("Applications close", validators=[InputRequired("Enter when applications close")])
    answer_days = WholeNumber(
        "Days to answer an offer",
        default=ANSWER_DAYS,
        validators=[InputRequired("Enter the days to answer"), between(3, ANSWER_DAYS_MAX, "The days to answer")],
    )
    regulators = AnyOf(
        "Registered with",
        choices=[(one.name, f"{one.full_name} ({one.value})") for one in Regulator],
        default=[one.name for one in REGULATORS],
        validators=[InputRequired("Choose at least one regulator")],
    )
    doctors = OneOf(
        "Doctors and dentists",
        choices=[
            (DoctorsAndDentists.TO_CONFIRM.name, "Not said yet: shown as “to confirm”"),
            (DoctorsAndDentists.MAY_APPLY.name, "May apply"),
            (DoctorsAndDentists.MAY_NOT_APPLY.name, "May not apply"),
        ],
        default=DoctorsAndDentists.TO_CONFIRM.name,
        validators=[InputRequired("Choose what holds for doctors and dentists")],
    )
    conditions = AnyOf("What else is asked", choices=CONDITIONS, default=[name for name, _ in CONDITIONS])
    method = OneOf(
        "How it is decided",
        choices=[
            (Method.SCORING.name, "Assessors score each application"),
            (Method.LOTTERY.name, "A lottery whose seed is drawn before it opens"),
        ],
        validators=[InputRequired("Choose how it is decided")],
    )
    criteria = Criteria("Criteria (optional)", validators=[at_most("The criteria", 1000)])
    scores_needed = WholeNumber(
        "Scores that each application needs",
        default=SCORES_NEEDED,
        validators=[InputRequired("Enter how many scores"), between(1, SCORES_MAX, "The number of scores")],
    )

    def offer(self, providers: Sequence[Provider], *, with_all: bool) -> None:
        first = [("", "Choose one"), *([(ALL_UNIVERSITIES, "Every university")] if with_all else [])]
        self.provider.offer([*first, *((str(one.id), one.name) for one in providers)])

    @property
    def said(self) -> SaidOfCall:
        """What was entered; only of a form that is valid."""
        return SaidOfCall(
            provider_id=None if self.provider.data == ALL_UNIVERSITIES else int(self.provider.data),
            title=str(self.title.data),
            level=Level[self.level.data],
            number=self.number.given,
            covers=str(self.covers.data),
            amount_pence=self.amount.data,
            courses=str(self.courses.data),
            opens_at=self.opens_at.given,
            closes_at=self.closes_at.given,
            answer_days=self.answer_days.given,
            regulators=tuple(Regulator[name].value for name in self.regulators.data),
            doctors_and_dentists=DoctorsAndDentists[self.doctors.data],
            conditions=frozenset(self.conditions.data or ()),
            method=Method[self.method.data],
            criteria=self.criteria.pairs,
            scores_needed=self.scores_needed.given,
        )


def form_of(call: BursaryCall) -> CallForm:
    """The form as it stands filled for a call."""
    return CallForm(
        formdata=None,
        provider=str(call.provider_id) if call.provider_id else ALL_UNIVERSITIES,
        title=call.title,
        level=call.level.name,
        number=call.number,
        covers=call.covers,
        amount=call.amount_pence,
        courses=call.courses,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        answer_days=call.answer_days,
        regulators=[Regulator(value).name for value in call.regulators],
        doctors=call.doctors_and_dentists.name,
        conditions=[name for name, _ in CONDITIONS if getattr(call, name)],
        method=call.method.name,
        criteria="\n".join(f"{one.title}: {one.weight}" for one in call.criteria),
        scores_needed=call.scores_needed,
    )


class ExtendForm(ChangingForm):
    """A later close."""

    closes_at = End("Applications close", validators=[InputRequired("Enter when applications close")])


class DoctorsForm(Form):
    """What holds for doctors and dentists, said once."""

    doctors = OneOf(
        "Doctors and dentists",
        choices=[
            (DoctorsAndDentists.MAY_APPLY.name, "May apply"),
            (DoctorsAndDentists.MAY_NOT_APPLY.name, "May not apply"),
        ],
        validators=[InputRequired("Choose what holds for doctors and dentists")],
    )


class ReasonForm(SureForm):
    """Why, for whoever is told."""

    reason = Paragraphs("Why?", validators=[DataRequired("Say why, in a few words"), at_most("The reason", 500)])
