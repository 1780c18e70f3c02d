"""Whether a placement is signed off: by whom, as what, when, over which content, and what has become of it since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.course.sign_offs import SignOff, SignOffException, SignOffState
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.models.operations.state_changes import StateChange
from app.models.placements import Placement
from app.models.programmes import Module, Programme
from app.rules.sign_offs.kind import SIGN_OFF
from app.rules.signing.standing import Standing

ENDED = (SignOffState.VOID, SignOffState.SUPERSEDED)


@dataclass(frozen=True)
class SignedPart:
    """One of the three who signed: in which part, when, what was said beside it, and whether it stands.

    `person_id` is None where the confirmer has no account; `reason` says why it was signed although something was
    missing.
    """

    party: Party
    name: str
    person_id: int | None
    signed_at: datetime
    digest: str
    words: str
    reason: str


@dataclass(frozen=True)
class PlacementSignOff:
    """The latest sign-off of a placement as it stands; `ended` is the move that made it void or superseded."""

    sign_off: SignOff
    standing: Standing
    ended: StateChange | None

    @property
    def is_signed_off(self) -> bool:
        """True while all three signatures stand under what was decided; the one answer that everybody asks for."""
        return self.sign_off.state is SignOffState.SIGNED_OFF and self.standing.is_complete

    @property
    def digest(self) -> str:
        """Of the content that the three have signed, or of what they would sign now."""
        return self.standing.digest

    @property
    def parts(self) -> list[SignedPart]:
        """Those who have signed what it says now, in the order of their parts; none where it is void."""
        return [self.part(party, one) for party, one in self.standing.signatures.items()]

    @property
    def parts_before(self) -> list[SignedPart]:
        """Those whose signatures stood when it became void or was superseded."""
        if self.ended is None:
            return []
        ended = [one for one in self.standing.past if one.voided_at == self.ended.at]
        return [self.part(Party(one.party), one) for one in ended]

    @property
    def signed_off_at(self) -> datetime | None:
        signature = self.standing.signatures.get(Party.ACADEMIC_SUPERVISOR)
        return signature.signed_at if signature and self.is_signed_off else None

    @property
    def exceptions(self) -> Sequence[SignOffException]:
        """That one person stands in two parts, as another has recorded."""
        return self.sign_off.exceptions

    def part(self, party: Party, one: Signature) -> SignedPart:
        said = next(
            (
                words
                for words in reversed(self.sign_off.words)
                if words.party == one.party and words.revision == one.revision
            ),
            None,
        )
        words, reason = (said.words, said.reason) if said else ("", "")
        return SignedPart(party, one.signer_name, one.signer_id, one.signed_at, one.digest, words, reason)


def all_of_a_sign_off() -> tuple[_AbstractLoad, ...]:
    """What has to be loaded so that nothing is asked again for its content and its people."""
    of_placement = joinedload(SignOff.placement).options(
        joinedload(Placement.learner),
        joinedload(Placement.mentor),
        joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
        selectinload(Placement.pauses),
    )
    exceptions = selectinload(SignOff.exceptions).options(
        joinedload(SignOffException.person), joinedload(SignOffException.granted_by)
    )
    return (
        of_placement,
        joinedload(SignOff.asked_by),
        exceptions,
        selectinload(SignOff.words),
        selectinload(SignOff.returns),
    )


def sign_off_of(session: Session, placement: Placement) -> PlacementSignOff | None:
    """The latest sign-off of a placement, with all that is asked of it; None where none was asked for."""
    return sign_offs_of(session, [placement]).get(placement.id)


def is_signed_off(session: Session, placement: Placement) -> bool:
    """Whether all three have signed what stands there, and nothing has ended it."""
    found = sign_off_of(session, placement)
    return found is not None and found.is_signed_off


def sign_offs_of(session: Session, placements: Sequence[Placement]) -> dict[int, PlacementSignOff]:
    """The latest sign-off of each placement that has one, by the placement's id; some queries, however many."""
    if not placements:
        return {}
    wanted = SignOff.placement_id.in_([one.id for one in placements])
    rows = session.scalars(select(SignOff).where(wanted).options(*all_of_a_sign_off()).order_by(SignOff.id)).all()
    latest = {one.placement_id: one for one in rows}
    return {one.sign_off.placement_id: one for one in standings_of(session, list(latest.values()))}


def modules_signed_off(session: Session, learner_id: int, module_ids: Iterable[int]) -> set[int]:
    """For which of these modules a placement of the learner is signed off."""
    of_modules = select(Placement).where(Placement.learner_id == learner_id, Placement.module_id.in_(list(module_ids)))
    found = sign_offs_of(session, session.scalars(of_modules).all())
    return {one.sign_off.placement.module_id for one in found.values() if one.is_signed_off}


def standings_of(session: Session, sign_offs: Sequence[SignOff]) -> list[PlacementSignOff]:
    """Each with its signatures, and the move that ended it."""
    standings, ends = SIGN_OFF.standings(session, sign_offs), endings_of(session, sign_offs)
    return [PlacementSignOff(one, standings[one.id], ends.get(one.id)) for one in sign_offs]


def endings_of(session: Session, sign_offs: Sequence[SignOff]) -> Mapping[int, StateChange]:
    """The move by which each became void or was superseded, by its id."""
    ids = [one.id for one in sign_offs if one.state in ENDED]
    if not ids:
        return {}
    ended = (
        StateChange.subject_type == SignOff.__name__,
        StateChange.subject_id.in_(ids),
        StateChange.state_after.in_([state.value for state in ENDED]),
    )
    return {one.subject_id: one for one in session.scalars(select(StateChange).where(*ended))}
