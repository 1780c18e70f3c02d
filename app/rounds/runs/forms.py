"""The form that starts a run: a policy by its meaning, or stages in an order of one's own."""

from wtforms.validators import InputRequired, NumberRange, Optional

from app.language.refusal import Refused
from app.phrasebook.stages import STAGE_WORDS
from app.rounds.policies import LAST_STAGE, OWN, POLICIES, STAGES, stages_of
from app.web.fields import Form, OneOf, Pick, WholeNumber

OWN_STAGES = 5
NOTHING = ""


def stage_field(number: int) -> Pick:
    choices = [(NOTHING, "Nothing more" if number > 1 else "Choose"), *((s, STAGE_WORDS[s]) for s in STAGES)]
    return Pick(f"{number}. aim", choices=choices, default=NOTHING)


class NewRunForm(Form):
    """What a run aims at, in which order."""

    policy = OneOf(
        "What counts first?",
        choices=[*((policy.key, policy.meaning) for policy in POLICIES), (OWN, "Aims in an order of my own")],
        default=POLICIES[0].key,
        validators=[InputRequired("Choose what counts first")],
    )
    aim_1, aim_2, aim_3, aim_4, aim_5 = (stage_field(number) for number in range(1, OWN_STAGES + 1))
    minutes = WholeNumber(
        "Stop after how many minutes?",
        default=10,
        validators=[
            Optional(),
            NumberRange(min=1, max=240, message="Choose from 1 to 240 minutes"),
        ],
    )

    def aims(self) -> list[Pick]:
        return [self[f"aim_{number}"] for number in range(1, OWN_STAGES + 1)]

    def refuse(self, refusal: Refused) -> None:
        """A rule knows the stages, and not at which place they were chosen."""
        field = next((aim.name for aim in self.aims() if aim.data and aim.data == refusal.field), refusal.field)
        super().refuse(Refused(refusal.message, field))

    def stages(self) -> tuple[str, ...]:
        """The chosen stages; the lottery always comes last, so that nothing depends on the order of the input."""
        policy: str = self.policy.data or OWN
        if policy != OWN:
            return stages_of(policy)
        return (*(aim.data for aim in self.aims() if aim.data), LAST_STAGE)

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if self.policy.data == OWN:
            is_valid = self.own_order_is_sound() and is_valid
        return is_valid

    def own_order_is_sound(self) -> bool:
        chosen = [aim.data for aim in self.aims() if aim.data]
        if not chosen:
            self.aim_1.errors = ["Choose at least one aim"]
        for aim in self.aims():
            if aim.data and chosen.count(aim.data) > 1:
                aim.errors = ["Choose each aim once"]
        return not any(aim.errors for aim in self.aims())
