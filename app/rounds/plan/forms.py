"""The form that announces a policy."""

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from app.rounds.policies import POLICIES
from app.web.fields import OneOf, Paragraphs, SureForm


class AnnounceForm(SureForm):
    """Which policy is meant to be published; `shown` is the number of announcements that the page showed."""

    shown = HiddenField()
    policy = OneOf(
        "Which policy do you mean to publish?",
        choices=[(policy.key, policy.meaning) for policy in POLICIES],
        validators=[InputRequired("Choose the policy that you mean to publish")],
    )
    reason = Paragraphs(
        "Why does the policy change?",
        validators=[Length(max=500, message="Use at most 500 characters for the reason")],
    )
