"""What people enter about programmes, versions, parts and cohorts."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileRequired
from wtforms import HiddenField
from wtforms.validators import DataRequired, InputRequired, Optional

from app.language.refusal import Refused
from app.models.programmes import Choose, Level, ModuleKind, PriorLearning, Provider
from app.rules.programmes import limits
from app.rules.programmes.said import CohortSaid, ModuleSaid, PartSaid, VersionSaid
from app.rules.programmes.years import year_in, year_in_words
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import AnyOf, Day, Form, OneOf, Paragraphs, Pick, Text, Tick, Upload, WholeNumber
from app.web.validators import at_most, between

TITLE_TO_CONFIRM, CREDITS_TO_CONFIRM = "title", "credits"
EMPTY_ROWS = 3
KIND_WORDS = {
    ModuleKind.RPE: "Research Practice Experience",
    ModuleKind.TAUGHT: "Online",
    ModuleKind.DISSERTATION: "Dissertation",
}


class YearForm(Form):
    """Of which academic year a version is."""

    academic_year = Text("Academic year", validators=[DataRequired("Enter the academic year, like 2026/27")])

    @property
    def year(self) -> int:
        """Raises Refused for what is no academic year."""
        try:
            return year_in(str(self.academic_year.data))
        except ValueError as error:
            words = "The academic year must be two years that follow each other, like 2026/27"
            raise Refused(words, "academic_year") from error


class BeginForm(YearForm):
    """A programme that is new here."""

    provider = OneOf("University", validators=[DataRequired("Choose the university")])
    level = OneOf(
        "Level",
        choices=[(level.value, level.value) for level in Level],
        validators=[DataRequired("Choose the level")],
    )
    title = Text("Title", validators=[DataRequired("Enter the title"), at_most("The title", limits.TITLE_MAX)])

    def offer(self, providers: Sequence[Provider]) -> None:
        self.provider.offer([(str(one.id), one.name) for one in providers])
        if len(providers) == 1 and not self.provider.data:
            self.provider.data = str(providers[0].id)


class FactsForm(ChangingForm, YearForm):
    """What applicants read of a version; what stays empty is shown as to confirm."""

    is_title_to_confirm = Tick("The title of the programme is still to be confirmed")
    entry_rules = Paragraphs("Who may apply (optional)", validators=[at_most("Who may apply", limits.WORDS_MAX)])
    fees_address = Text("Web address of the fees (optional)", validators=[at_most("The web address", limits.TITLE_MAX)])
    bursaries = Paragraphs("Bursaries (optional)", validators=[at_most("The bursaries", limits.WORDS_MAX)])
    prior_learning = OneOf(
        "Credit for prior learning",
        choices=[(one.value, one.value.capitalize()) for one in PriorLearning],
        validators=[DataRequired("Choose what you say of prior learning")],
    )
    prior_learning_words = Paragraphs(
        "What applicants should know about it (optional)", validators=[at_most("The text", limits.WORDS_MAX)]
    )

    @property
    def said(self) -> VersionSaid:
        """Raises Refused for what is no academic year, and no address."""
        return VersionSaid(
            academic_year=self.year,
            parts=(),
            is_title_to_confirm=bool(self.is_title_to_confirm.data),
            entry_rules=str(self.entry_rules.data),
            fees_address=self.address,
            bursaries=str(self.bursaries.data),
            prior_learning=PriorLearning(self.prior_learning.data),
            prior_learning_words=str(self.prior_learning_words.data),
        )

    @property
    def address(self) -> str:
        given = str(self.fees_address.data)
        if given and (not given.startswith(limits.ADDRESS) or " " in given):
            raise Refused(f"The web address must begin with {limits.ADDRESS}", "fees_address")
        return given


def facts_form(said: VersionSaid) -> FactsForm:
    """The form as it would be made of what stands now."""
    return FactsForm(
        formdata=None,
        academic_year=year_in_words(said.academic_year),
        is_title_to_confirm=said.is_title_to_confirm,
        entry_rules=said.entry_rules,
        fees_address=said.fees_address,
        bursaries=said.bursaries,
        prior_learning=said.prior_learning.value,
        prior_learning_words=said.prior_learning_words,
    )


class PartForm(ChangingForm):
    """What a part asks for; `part_form` gives it a row of fields for each module."""

    rows: int = 0
    title = Text("Name of the part", validators=[DataRequired("Enter a name"), at_most("The name", limits.TITLE_MAX)])
    choose = OneOf(
        "What do learners take of it?",
        choices=[
            (Choose.ALL.name, "All modules in it"),
            (Choose.NUMBER.name, "A number of modules that they choose"),
            (Choose.CREDITS.name, "Modules that they choose, of so many credits together"),
        ],
        validators=[DataRequired("Choose what learners take of it")],
    )
    number = WholeNumber("How many modules?", validators=[Optional(), between(1, limits.MODULES_MAX, "The number")])
    worth = WholeNumber("How many credits?", validators=[Optional(), between(1, limits.CREDITS_MAX, "The credits")])

    @property
    def module_rows(self) -> list[dict[str, Any]]:
        return [{name: self[f"{name}_{at}"] for name in ROW} for at in range(1, self.rows + 1)]

    @property
    def said(self) -> PartSaid:
        """Raises Refused for what is missing of it."""
        choose = Choose[str(self.choose.data)]
        modules = tuple(module_in(row) for row in self.module_rows if row["module"].data)
        if not modules:
            raise Refused("Enter at least one module", "module_1")
        titles = [module.title for module in modules]
        for row in self.module_rows:
            if row["module"].data and titles.count(row["module"].data) > 1:
                raise Refused("Two modules have this title. Give each a title of its own", row["module"].name)
        return PartSaid(str(self.title.data), choose, modules, self.amount(choose))

    def amount(self, choose: Choose) -> int:
        asked = {Choose.NUMBER: self.number, Choose.CREDITS: self.worth}.get(choose)
        if asked is None:
            return 0
        if asked.data is None:
            raise Refused("Enter how many learners choose", asked.name)
        return asked.given


ROW = ("module", "credits", "kind", "unsure")


def module_in(row: dict[str, Any]) -> ModuleSaid:
    if row["credits"].data is None:
        raise Refused("Enter the credits of this module", row["credits"].name)
    unsure = set(row["unsure"].data or ())
    return ModuleSaid(
        row["module"].data,
        row["credits"].given,
        ModuleKind[row["kind"].data],
        is_title_to_confirm=TITLE_TO_CONFIRM in unsure,
        are_credits_to_confirm=CREDITS_TO_CONFIRM in unsure,
    )


def part_form_class(rows: int) -> type[PartForm]:
    """The form with so many rows of modules."""
    fields: dict[str, Any] = {"rows": rows}
    for at in range(1, rows + 1):
        fields |= {
            f"module_{at}": Text("Title", validators=[at_most("The title", limits.TITLE_MAX)]),
            f"credits_{at}": WholeNumber(
                "Credits", validators=[Optional(), between(1, limits.CREDITS_MAX, "The credits")]
            ),
            f"kind_{at}": Pick("Kind", choices=[(kind.name, KIND_WORDS[kind]) for kind in ModuleKind]),
            f"unsure_{at}": AnyOf(
                "Still to be confirmed (optional)",
                choices=[(TITLE_TO_CONFIRM, "The title"), (CREDITS_TO_CONFIRM, "The credits")],
            ),
        }
    return type("PartForm", (PartForm,), fields)


def part_form(said: PartSaid | None, rows: int) -> PartForm:
    """The form as it would be made of what stands now, with so many rows."""
    values: dict[str, Any] = {f"kind_{at}": ModuleKind.TAUGHT.name for at in range(1, rows + 1)}
    values |= {f"unsure_{at}": [] for at in range(1, rows + 1)}
    if said:
        values |= {"title": said.title, "choose": said.choose.name}
        values |= {{Choose.NUMBER: "number", Choose.CREDITS: "worth"}.get(said.choose, "_"): said.amount}
    for at, module in enumerate(said.modules if said else (), 1):
        unsure = {TITLE_TO_CONFIRM: module.is_title_to_confirm, CREDITS_TO_CONFIRM: module.are_credits_to_confirm}
        values |= {
            f"module_{at}": module.title,
            f"credits_{at}": module.credits,
            f"kind_{at}": module.kind.name,
            f"unsure_{at}": [name for name, is_open in unsure.items() if is_open],
        }
    return part_form_class(rows)(formdata=None, **values)


def rows_for(said: PartSaid | None) -> int:
    """A few more than there are modules."""
    return min((len(said.modules) if said else 1) + EMPTY_ROWS, limits.MODULES_MAX)


class CohortForm(ChangingForm):
    """Who begins together, and when."""

    name = Text("Name", validators=[DataRequired("Enter a name"), at_most("The name", limits.NAME_MAX)])
    starts_on = Day("First day", validators=[DataRequired("Enter the first day")])
    ends_on = Day("Last day", validators=[DataRequired("Enter the last day")])
    are_dates_to_confirm = Tick("The dates are still to be confirmed")

    @property
    def said(self) -> CohortSaid:
        is_open = bool(self.are_dates_to_confirm.data)
        return CohortSaid(str(self.name.data), self.starts_on.given, self.ends_on.given, is_open)


def cohort_form(said: CohortSaid) -> CohortForm:
    return CohortForm(
        formdata=None,
        name=said.name,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        are_dates_to_confirm=said.are_dates_to_confirm,
    )


class UploadForm(Form):
    """A file of programmes."""

    file = Upload("The file", validators=[FileRequired("Choose a file")])


class TakeForm(Form):
    """What a file said when it was shown, and what it would have done then."""

    content = HiddenField(validators=[InputRequired("Choose the file again")])
    shown = HiddenField(validators=[InputRequired("Choose the file again")])
