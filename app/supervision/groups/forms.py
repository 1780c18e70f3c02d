"""What a mentor enters about a meeting with several learners."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import HiddenField
from wtforms.validators import DataRequired, Length

from app.language.refusal import Refused
from app.models.placements import Placement
from app.models.supervision import ActionOwner, AgreedAction, SupervisionSession
from app.supervision.forms import NEW_ACTIONS, LogSessionForm
from app.supervision.planning.forms import PlanForm
from app.web.fields import AnyOf, Paragraphs, SureForm
from app.web.forms.record import SHORT, begin_with
from app.web.validators import at_most

FEWEST = 2


class GroupForm(LogSessionForm):
    """One page for one meeting and all who were there; a private note is written with each learner apart."""

    learners = AnyOf("Who was there?")
    met = None  # type: ignore[assignment]
    note = None  # type: ignore[assignment]
    note_seen = None

    def offer_learners(self, placements: Sequence[Placement]) -> None:
        """Let it be said who was there, and who of them does what."""
        names = [(str(one.id), one.learner.name) for one in placements]
        self.learners.offer(names)
        everybody = [(ActionOwner.LEARNER.value, "Each learner"), (ActionOwner.MENTOR.value, "Me")]
        for _, owner, _ in self.action_fields:
            owner.offer([*everybody, *names])

    def offer_open_actions(self, actions: Iterable[AgreedAction]) -> None:
        self.done.offer([(str(one.id), f"{one.session.placement.learner.name}: {one.what}") for one in actions])

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        chosen = self.learners.data or []
        if len(chosen) < FEWEST:
            self.refuse(
                Refused("Choose two learners or more; with one, log it on the page of that placement", "learners")
            )
            is_good = False
        for _, owner, _ in self.action_fields:
            if owner.data and owner.data.isdigit() and owner.data not in chosen:
                self.refuse(Refused("Choose somebody who was there", owner.name))
                is_good = False
        return is_good


class PlanGroupForm(PlanForm):
    """A meeting to come, with each learner who is invited."""

    learners = AnyOf("Whom do you meet?")
    form_key = HiddenField(validators=[Length(min=16, max=64)])

    def offer_learners(self, placements: Sequence[Placement]) -> None:
        self.learners.offer([(str(one.id), one.learner.name) for one in placements])

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        if len(self.learners.data or []) < FEWEST:
            self.refuse(Refused("Choose two learners or more", "learners"))
            is_good = False
        return is_good


class WithdrawGroupForm(SureForm):
    """Why a meeting with several learners is taken back."""

    reason = Paragraphs(
        "Why do you withdraw it?",
        validators=[DataRequired("Say why, in a few words"), at_most("The reason", 1000)],
    )


def values_of_group(meetings: Sequence[SupervisionSession]) -> dict[str, Any]:
    """What a form for correcting a meeting begins with: as it stands with each learner."""
    first = meetings[0]
    values: dict[str, Any] = {
        "held_on": first.held_on,
        **begin_with(first.minutes, SHORT),
        "how": first.form.value,
        "topics": first.topics,
        "learners": [str(one.placement_id) for one in meetings],
    }
    agreed: dict[tuple[str, ActionOwner, Any], list[int]] = {}
    for one in meetings:
        for action in one.actions:
            agreed.setdefault((action.what, action.owner, action.due_on), []).append(one.placement_id)
    for n, ((what, owner, due), with_) in zip(NEW_ACTIONS, agreed.items(), strict=False):
        is_for_all = owner is ActionOwner.MENTOR or len(with_) == len(meetings)
        values |= {f"what_{n}": what, f"owner_{n}": owner.value if is_for_all else str(with_[0]), f"due_{n}": due}
    return values
