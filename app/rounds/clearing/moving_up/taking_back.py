"""A coordinator takes back a better place that nobody has answered: its learner keeps what she has, and reads why."""

from sqlalchemy.orm import Session

from app.language.refusal import Overtaken
from app.models.course.better_places import BetterPlace
from app.models.people import Role
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.moving_up.ending import tell_that_it_is_free
from app.promises.moving_up.lifecycle import BETTER_PLACES, TOOK_BACK
from app.rounds.clearing.moving_up import mails
from app.rules.doubts import ask_about, doubts_about_text

TIME_IS_OVER = "The time to answer is over, so there is nothing to take back. The learner keeps what she has."


def take_back(session: Session, occasion: Occasion, place: BetterPlace, reason: str, is_sure: bool) -> None:
    """End it before its learner has answered, and tell her, its mentor and the other coordinators.

    Raises Overtaken where she was faster or the time is over. It can be offered again, to her as well.
    """
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    session.refresh(place, ["state", "answer_by"], with_for_update=True)  # whoever answers it meanwhile waits
    BETTER_PLACES.check(TOOK_BACK, place.state, Party.COORDINATOR, reason)
    if not place.is_open_on(occasion.today):
        raise Overtaken(TIME_IS_OVER)
    BETTER_PLACES.move(session, place, TOOK_BACK, Party.COORDINATOR, occasion.actor, occasion.now, reason=reason)
    place.ended_at, place.taken_back_because = occasion.now, reason
    learner = place.offer.request.learner
    if learner.takes_part_as(Role.LEARNER):
        queue_message(session, learner.email, mails.taken_back(place, occasion.home), occasion.now)
    tell_that_it_is_free(session, occasion, place)
