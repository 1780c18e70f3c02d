"""What people type to sign in and to choose a password."""

from wtforms import HiddenField
from wtforms.validators import DataRequired, Email, EqualTo

from app.web.fields import Form, Password, Text


class SignInForm(Form):
    """Email and password; `kept` carries a form that was sent when the session had ended."""

    email = Text("Email address", validators=[DataRequired("Enter your email address")])
    password = Password("Password", validators=[DataRequired("Enter your password")])
    next = HiddenField()
    kept = HiddenField()


class ForgottenForm(Form):
    """Where to send a link for a new password."""

    email = Text("Email address", validators=[DataRequired("Enter your email address")])


class NewPasswordForm(Form):
    """A new password, twice."""

    password = Password("New password", validators=[DataRequired("Enter a new password")])
    again = Password("New password again", validators=[EqualTo("password", "The two passwords are not the same")])


class ChangePasswordForm(NewPasswordForm):
    """A new password, from who knows the current one."""

    current_password = Password("Current password", validators=[DataRequired("Enter your current password")])


class AddressForm(Form):
    """Another email address, from who knows the password."""

    email = Text(
        "New email address",
        validators=[
            DataRequired("Enter your new email address"),
            Email("Enter an email address in the usual form, like name@example.org"),
        ],
    )
    password = Password("Your password", validators=[DataRequired("Enter your password")])
