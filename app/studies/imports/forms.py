"""Which registry file is taken in, and which of its columns is which."""

from collections.abc import Sequence

from flask_wtf.file import FileRequired
from wtforms.validators import DataRequired

from app.models.operations.registry_files import RegistryKind
from app.registries.columns import Column, names_known
from app.registries.layouts import plain_names
from app.registries.studies import LAYOUTS
from app.web.fields import Form, OneOf, Pick, Upload


class UploadForm(Form):
    """A registry file to import."""

    kind = OneOf(
        "What does the file list?",
        choices=[(kind.value, kind.value.capitalize()) for kind in RegistryKind],
        validators=[DataRequired("Choose what the file lists")],
    )
    file = Upload("The file", validators=[FileRequired("Choose a file")])


class ColumnsForm(Form):
    """One question for each column of a file: `columns_form` makes it."""

    def chosen(self, columns: Sequence[Column]) -> dict[str, str]:
        """Our names by the file's, for the columns that are not left out."""
        answers = {column.name: self[field_name(at)].data for at, column in enumerate(columns)}
        return {name: answer for name, answer in answers.items() if answer}


def columns_form(columns: Sequence[Column], said: dict[str, str]) -> ColumnsForm:
    """The form for these columns, filled in with what was said before or else with the guesses."""
    choices = [("", "Leave it out"), *((name, name) for name in names_known(LAYOUTS))]
    fields = {field_name(at): Pick(f"“{column.name}”", choices=choices) for at, column in enumerate(columns)}
    made: type[ColumnsForm] = type("ColumnsForm", (ColumnsForm,), fields)
    answers = dict(zip(plain_names(list(said)), said.values(), strict=True))
    plain = plain_names([column.name for column in columns])
    filled = {field_name(at): answers.get(plain[at], "") if said else column.guess for at, column in enumerate(columns)}
    return made(data=filled)


def field_name(at: int) -> str:
    return f"column_{at}"
