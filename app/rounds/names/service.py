"""The deed of saying whether a mentor is the person whom a learner excluded."""

from sqlalchemy.orm import Session

from app.language.refusal import Overtaken
from app.models.people import Person
from app.models.requests import ExclusionAnswer, PlacementRequest
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.promises.consequences import take_back_broken
from app.rounds.figures.undecided import Undecided


def decide(session: Session, actor: Person, undecided: Undecided | None, is_same: bool, occasion: Occasion) -> None:
    """Keep the answer; an offer of a place with a mentor who turns out to be excluded is taken back.

    Raises Overtaken when it has been answered already.
    """
    if undecided is None:
        raise Overtaken("Somebody has said that already, or the name is no longer there. Look at the list again.")
    answer = ExclusionAnswer(
        mentor_id=undecided.mentor.id, is_same=is_same, answered_by_id=actor.id, answered_at=occasion.now
    )
    undecided.named.answers.append(answer)
    record(
        session,
        actor,
        "said who an excluded person is",
        undecided.named,
        now=occasion.now,
        name=undecided.learner.name,
        mentor=undecided.mentor.id,
        is_same=is_same,
    )
    take_back_broken(session, occasion, PlacementRequest.learner_id == undecided.learner.id)
