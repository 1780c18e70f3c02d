"""What an administrator enters about people and their roles."""

from wtforms.validators import DataRequired, Email, Length

from app.models.people import Role
from app.web.deeds.meanwhile import ChangingForm
from app.web.fields import Form, OneOf, Password, Pick, Text


class PersonForm(ChangingForm):
    """A person to invite, or whose name or address was wrong."""

    name = Text("Full name", validators=[DataRequired("Enter the person's full name"), Length(max=200)])
    email = Text(
        "Email address",
        validators=[
            DataRequired("Enter the person's email address"),
            Email("Enter an email address in the usual form, like name@example.org"),
        ],
    )


class CorrectionForm(PersonForm):
    """The same of somebody who has an account; a new address needs the password of whoever enters it."""

    password = Password("Your own password, if you change the address")


class GrantForm(Form):
    """A role to give; network and university are asked for where the role reaches only there."""

    role = OneOf(
        "Role",
        choices=[(role.name, role.value.capitalize()) for role in Role],
        validators=[DataRequired("Choose a role")],
    )
    network = Pick("Network, for a coordinator")
    provider = Pick("University, for an academic supervisor or a programme lead")
