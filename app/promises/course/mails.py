"""What people read when a placement changes its course: subject and body of each mail."""

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.mail import Mail
from app.models.course.changes_asked import AskedKind, ChangeAsked
from app.models.course.deputies import Deputy
from app.models.course.next_places import NextPlace
from app.models.hours import HoursEntry
from app.models.meetings.planned import PlannedSession
from app.models.people import Person
from app.models.placements import Placement
from app.phrasebook.obstacles import sentence, to_coordinator, to_learner
from app.rules.eligibility import Obstacle


def goes_on(reader: Person, before: Placement, after: Placement, address: str) -> Mail:
    """To everybody whom a move concerns: where it goes on, from when, what stays, and what the reader does next."""
    learner, old, new = before.learner, before.mentor, after.mentor
    first, last = day_in_words(after.starts_on), day_in_words(after.ends_on)
    return Mail(
        f"The placement of {learner.name} goes on with {new.name}",
        f"Hello {reader.name},\n\nFrom {first} to {last} the placement of {learner.name} goes on with {new.name} on "
        f"“{after.opening.study.title}” at {after.opening.organisation.name}. Until then it is with {old.name} on "
        f"“{before.opening.study.title}”. All sessions and hours stay on the record, and count.\n\n"
        f"{what_next(reader, before, after)}\n\n{address}\n",
    )


def place_broken(place: NextPlace, obstacle: Obstacle, address: str) -> Mail:
    """To the learner: the place that was kept for her is gone, why, and who says what comes next."""
    placement, opening = place.placement, place.opening
    return Mail(
        f"The place with {opening.mentor.name} can no longer be yours",
        f"Hello {placement.learner.name},\n\nWe are sorry: your placement cannot go on with {opening.mentor.name} on "
        f"“{opening.study.title}”, which was offered to you.\n\nWhy: {sentence(to_learner(obstacle))}\n\nYour sessions "
        f"and hours stay, and count. Your coordinators have been told and say what comes next.\n\n{address}\n",
    )


def place_broken_to_coordinator(coordinator: Person, place: NextPlace, obstacle: Obstacle, address: str) -> Mail:
    """To a coordinator: a learner whose placement cannot stay has nowhere to go on again."""
    placement, opening = place.placement, place.opening
    return Mail(
        f"The place for {placement.learner.name} to go on is gone",
        f"Hello {coordinator.name},\n\nThe place with {opening.mentor.name} on “{opening.study.title}” was kept for "
        f"{placement.learner.name}, so that the placement with {placement.mentor.name} could go on there. It was taken "
        f"back.\n\nWhy: {sentence(to_coordinator(obstacle))}\n\nThe placement stands on your home page: say there what "
        f"comes next.\n\n{address}\n",
    )


def what_next(reader: Person, before: Placement, after: Placement) -> str:
    learner, old, new = before.learner, before.mentor, after.mentor
    if reader.id == learner.id:
        meet = f"Next: write to {new.name} ({new.email}) and agree when you first meet."
        return f"{meet} What you agreed to learn is agreed anew: your home page leads to the learning agreement."
    if reader.id == new.id:
        return f"Next: agree with {learner.name} ({learner.email}) when you first meet."
    if reader.id == old.id:
        last = day_in_words(before.ends_on)
        return f"Sessions up to {last} can still be logged under your name, and {learner.name} can still confirm them."
    return "You need not do anything."


def change_asked(reader: Person, wish: ChangeAsked, placement: Placement, address: str) -> Mail:
    """To a coordinator, and the other one of the placement: what is asked, why, and who answers."""
    what = {
        AskedKind.PAUSE: "asks to pause it",
        AskedKind.END: "asks to end it",
        AskedKind.MENTOR_LEAVES: "can no longer be the mentor",
    }[wish.kind]
    others = (placement.learner_id, placement.mentor_id)
    next_ = (
        "The coordinators answer. Until then everything stays as it is."
        if reader.id in others
        else "It stands on your home page: say there what comes next."
    )
    return Mail(
        f"The placement of {placement.learner.name}: {wish.asked_by.name} {what}",
        f"Hello {reader.name},\n\nIt concerns the placement of {placement.learner.name} with {placement.mentor.name} "
        f"on “{placement.opening.study.title}”. {wish.asked_by.name} {what} from {day_in_words(wish.from_on)}.\n\n"
        f"Why: {wish.why}\n\n{next_}\n\n{address}\n",
    )


def plan_cancelled(reader: Person, plan: PlannedSession, address: str) -> Mail:
    """To learner and mentor: what they had planned falls on a day that the placement no longer has."""
    other, day = plan.other_than(reader), day_in_words(plan.day)
    return Mail(
        f"The session planned for {day} is cancelled",
        f"Hello {reader.name},\n\nThe session with {other.name} that was planned for {day} is cancelled, because the "
        f"placement does not run on that day any more. You need not do anything.\n\n{address}\n",
    )


def hours_reopened(reader: Person, entry: HoursEntry, actor: Person, reason: str, address: str) -> Mail:
    """To the learner and to whoever verified it: an entry is unlocked, why, and who does what next."""
    learner, day = entry.placement.learner, day_in_words(entry.worked_on)
    who = "You have" if reader.id == actor.id else f"{actor.name} has"
    then = (
        "Change it or keep it as it is, and submit it again"
        if reader.id == learner.id
        else f"{learner.name} changes it or keeps it as it is, and submits it again"
    )
    return Mail(
        f"The hours of {day} are reopened",
        f"Hello {reader.name},\n\n{who} reopened an entry of {learner.name} that was verified: "
        f"{hours_and_minutes(entry.minutes)} of {entry.category.value} on {day}. It does not count until it is "
        f"submitted again. The reason:\n\n{reason}\n\n{then}:\n{address}\n",
    )


def deputy_ended(reader: Person, deputy: Deputy, why: str, address: str) -> Mail:
    """To whom it concerns: somebody stands in no longer, or is no longer asked to."""
    placement, person = deputy.placement, deputy.person
    whose = f"{placement.mentor.name} as mentor of {placement.learner.name}"
    who, next_ = f"{person.name} no longer stands", "What was recorded until then counts."
    if reader.id == person.id:
        who, next_ = "You no longer stand", "Sessions that you have written down stay under your name."
    return Mail(
        f"{person.name} no longer stands in for {placement.mentor.name}",
        f"Hello {reader.name},\n\n{who} in for {whose}. {why}\n\n{next_}\n\n{address}\n",
    )
