"""What people read when something that was promised to them changes or ends: subject and body of each mail."""

from collections.abc import Sequence
from datetime import date

from app.language.dates_and_times import day_in_words
from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.models.people import Person, Role
from app.models.placements import Offer, Placement
from app.phrasebook.obstacles import sentence, to_coordinator
from app.phrasebook.of_rounds.groups import group_in_words, what_to_do
from app.rules.eligibility import Obstacle
from app.rules.groups.too_small import SmallGroup


def taken_back(offer: Offer, address: str) -> Mail:
    """To the learner: why she can no longer accept, and what happens next."""
    learner = offer.request.learner
    if not learner.takes_part_as(Role.LEARNER):
        next_ = "If that is a mistake, write to the people who look after your programme."
    else:
        next_ = (
            "Your coordinators know, and can look for another place for you; that is not certain. You can also ask "
            "again: open your request from your home page."
        )
    return Mail(
        f"Your offer of a place with {offer.opening.mentor.name} was taken back",
        f"Hello {learner.name},\n\nWe are sorry: the place with {offer.opening.mentor.name} on "
        f"“{offer.opening.study.title}” can no longer be yours.\n\nWhy: {sentence(offer.taken_back_because)}\n\n"
        f"{next_}\n\n{address}\n",
    )


def taken_back_to_mentor(offer: Offer, address: str) -> Mail:
    """To the mentor, who was told of the offer; the reason may be nothing that she should know."""
    return Mail(
        f"{offer.request.learner.name} no longer has an offer from you",
        f"Hello {offer.opening.mentor.name},\n\nThe offer of a place with you on “{offer.opening.study.title}” to "
        f"{offer.request.learner.name} was taken back. You need not do anything.\n\n{address}\n",
    )


def taken_back_to_coordinator(coordinator: Person, offer: Offer, obstacle: Obstacle, address: str) -> Mail:
    """To a coordinator of the round: a learner is without a place again."""
    learner = offer.request.learner
    next_ = f"Please look for another place for {learner.name} ({learner.email})."
    return Mail(
        f"The offer to {learner.name} was taken back",
        f"Hello {coordinator.name},\n\nThe offer of a place with {offer.opening.mentor.name} on "
        f"“{offer.opening.study.title}” to {learner.name} was taken back.\n\n"
        f"Why: {sentence(to_coordinator(obstacle))}\n\n"
        f"{next_ if learner.takes_part_as(Role.LEARNER) else 'You need not do anything.'}\n\n{address}\n",
    )


def learner_stepped_away(coordinator: Person, offer: Offer, address: str) -> Mail:
    """To a coordinator: an offer is free again, as its learner is no longer on the programme, or not for now."""
    learner = offer.request.learner
    return Mail(
        f"The offer to {learner.name} was taken back",
        f"Hello {coordinator.name},\n\n{learner.name} has stepped out of the programme, or left it, so the offer of a "
        f"place with {offer.opening.mentor.name} on “{offer.opening.study.title}” was taken back. The place is free "
        f"again.\n\n{address}\n",
    )


def name_to_check(coordinator: Person, offer: Offer, address: str) -> Mail:
    """To a coordinator of the round: until she says who is meant, the offer cannot be accepted."""
    learner = offer.request.learner
    return Mail(
        f"Is this the same person? An offer to {learner.name} waits for it",
        f"Hello {coordinator.name},\n\n{learner.name} has named somebody who must not be her or his mentor, and "
        f"{offer.opening.mentor.name}, whose place is offered to {learner.name}, may be that person. The offer cannot "
        "be accepted before you have said. Please look at the names to check of the round; do not ask the mentor.\n\n"
        f"{address}\n",
    )


def small_groups(coordinator: Person, groups: Sequence[SmallGroup], address: str) -> Mail:
    """To a coordinator: offers have ended, and fewer learners are left than a study or mentor starts with."""
    told = "\n\n".join(f"{group_in_words(one)}. {what_to_do(one)}" for one in groups)
    return Mail(
        f"Too few learners are left for {groups[0].name}",
        f"Hello {coordinator.name},\n\n{told}\n\nWho is there already keeps the place.\n\n{address}\n",
    )


def changed_terms(offer: Offer, address: str) -> Mail:
    """To the learner: what her offer says now, and that it needs her yes."""
    opening = offer.opening
    return Mail(
        f"Your offer of a place with {opening.mentor.name} has changed",
        f"Hello {offer.request.learner.name},\n\n{opening.mentor.name} has changed the opening on "
        f"“{opening.study.title}” that is offered to you. The place is still offered to you, as follows:\n\n"
        f"  Where: {opening.organisation.name}\n"
        f"  Between: {day_in_words(opening.starts_on)} and {day_in_words(opening.ends_on)}\n"
        f"  What you would do: {opening.learner_does}\n\n"
        "Your offer page shows what was offered before. Please accept or decline by "
        f"{until_in_words(offer.answer_until)}; declining because of the change counts for nothing against you.\n\n"
        f"{address}\n",
    )


def moved_first_day(offer: Offer, first_day: date, address: str) -> Mail:
    """To the learner: the mentor is away when she would have begun."""
    mentor = offer.opening.mentor
    return Mail(
        f"Your place with {mentor.name} would begin on {day_in_words(first_day)}",
        f"Hello {offer.request.learner.name},\n\n{mentor.name} has noted time away. The place on "
        f"“{offer.opening.study.title}” is still offered to you, from {day_in_words(first_day)} to "
        f"{day_in_words(offer.opening.ends_on)}. Please accept or decline by {until_in_words(offer.answer_until)}.\n\n"
        f"{address}\n",
    )


def paused(offer: Offer, address: str) -> Mail:
    """To the learner: the opening is paused, her offer is not."""
    return Mail(
        f"Your offer of a place with {offer.opening.mentor.name} still stands",
        f"Hello {offer.request.learner.name},\n\n{offer.opening.mentor.name} has paused the opening on "
        f"“{offer.opening.study.title}” for new requests. Your offer stays as it is: please accept or decline by "
        f"{until_in_words(offer.answer_until)}.\n\n{address}\n",
    )


def partner_left(placement: Placement, reader: Person, gone: Person, address: str) -> Mail:
    """To the other one of a placement, or a coordinator: somebody no longer takes part."""
    pair = f"{placement.learner.name} with {placement.mentor.name} on “{placement.opening.study.title}”"
    is_coordinator = reader.id not in (placement.learner_id, placement.mentor_id)
    next_ = (
        "The placement stands on your home page: say there what comes next, whether it goes on with another mentor or "
        f"ends. You can write to those concerned ({placement.learner.email}, {placement.mentor.email})."
        if is_coordinator
        else "Your coordinators were told too, and say what comes next. Your record stays, and you can still read it."
    )
    return Mail(
        f"{gone.name} no longer takes part",
        f"Hello {reader.name},\n\n{gone.name} no longer takes part here. It concerns the placement of {pair}, "
        f"{day_in_words(placement.starts_on)} to {day_in_words(placement.ends_on)}.\n\n{next_}\n\n{address}\n",
    )
