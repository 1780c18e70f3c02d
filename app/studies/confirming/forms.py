"""The form that confirms openings; sent as it is, it confirms them all."""

from app.web.fields import AnyOf, Form


class ConfirmForm(Form):
    """Which openings are no longer right; the others are confirmed."""

    paused = AnyOf("Which of them are not right any more?", coerce=int)
