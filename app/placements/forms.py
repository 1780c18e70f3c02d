"""What a learner enters to decline an offer, or to have more time for her answer."""

from wtforms.validators import DataRequired, InputRequired, Length

from app.models.placements import DeclineKind
from app.placements.service import Decline
from app.web.fields import OneOf, Paragraphs, SureForm

TOO_LONG = Length(max=1000, message="The reason must be 1,000 characters or fewer")
YES, NO = "yes", "no"


class DeclineForm(SureForm):
    """Why not: it helps the coordinator to find something better."""

    kind = OneOf(
        "Why does this offer not suit you?",
        choices=[(kind.name, kind.value[0].upper() + kind.value[1:]) for kind in DeclineKind],
        validators=[InputRequired("Choose why the offer does not suit you")],
    )
    reason = Paragraphs("What else should your coordinator know? (optional)", validators=[TOO_LONG])
    waits = OneOf(
        "Do you want another place, if one is free?",
        choices=[(YES, "Yes, I wait for the next turn of this round"), (NO, "No, I want no other place of this round")],
        default=YES,
        validators=[InputRequired("Choose whether you want another place")],
    )

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if self.kind.data == DeclineKind.OTHER.name and not self.reason.data:
            self.reason.errors = ["Enter why the offer does not suit you, in a few words"]
            return False
        return is_valid

    @property
    def decline(self) -> Decline:
        return Decline(DeclineKind[self.kind.data], self.reason.data, self.waits.data == YES)


class MoreTimeForm(SureForm):
    """Why the answer needs more time."""

    reason = Paragraphs(
        "Why do you need more time?",
        validators=[DataRequired("Enter why you need more time, in a few words"), TOO_LONG],
    )
