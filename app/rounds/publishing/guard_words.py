"""What followed a publication, in sentences: why it can no longer be taken back."""

from app.language.numbers import count
from app.rounds.publishing.taking_back import Followed, Guard


def guard_in_words(guard: Guard) -> str:
    """For instance "2 learners have accepted their offers"."""
    number = guard.number
    return {
        Followed.ACCEPTED: f"{count(number, 'learner has', 'learners have')} accepted an offer",
        Followed.DECLINED: f"{count(number, 'learner has', 'learners have')} declined an offer",
        Followed.LAPSED: f"{count(number, 'offer has', 'offers have')} lapsed",
        Followed.ASKED_AGAIN: f"{count(number, 'learner has', 'learners have')} asked for a place in another round",
        Followed.STOPPED_WAITING: f"{count(number, 'learner has', 'learners have')} said that they no longer wait",
        Followed.OFFERED_SINCE: f"{count(number, 'free place was', 'free places were')} offered since",
        Followed.TURN_SINCE: f"{count(number, 'clearing turn was', 'clearing turns were')} opened since",
        Followed.SWAP_ASKED: f"{count(number, 'swap of places is', 'swaps of places are')} asked for",
        Followed.MOVE_OFFERED: f"{count(number, 'learner was', 'learners were')} offered a better place",
        Followed.REVIEW_ASKED: f"{count(number, 'learner has', 'learners have')} asked for a review by a person",
    }[guard.followed]
