"""What learners, their supervisors, leads, mentors and coordinators read about a learner's way through a programme."""

from datetime import timedelta

from app.language.dates_and_times import day_in_words, length_in_words
from app.language.mail import Mail
from app.models.academic.enrolment_steps import EnrolmentStep, StepKind
from app.models.academic.prior_awards import PriorAward
from app.models.academic.way_asked import WayAsked
from app.models.people import Person
from app.models.programmes import Enrolment, Provider


def choose_password(person: Person, address: str, life: timedelta) -> Mail:
    """To a learner with a new account: where to choose a password."""
    return Mail(
        "Your account for Research Practice Experience placements",
        f"Hello {person.name},\n\nYour university enrolled you on a programme, and an account was made for you. Use "
        f"this link within {length_in_words(life)} to choose a password:\n\n{address}\n",
    )


def enrolled(learner: Person, enrolment: Enrolment, address: str) -> Mail:
    """To the learner: on what she is enrolled, and what she can do next."""
    programme = enrolment.programme
    cohort = f" with {enrolment.cohort_name}" if enrolment.cohort_name else ""
    return Mail(
        f"You are enrolled on {programme.title}",
        f"Hello {learner.name},\n\n{programme.provider.name} enrolled you on {programme.title}{cohort}, from "
        f"{day_in_words(enrolment.started_on)}. Your home page leads to your programme, and to what comes next. If "
        f"anything of it is wrong, tell the programme lead.\n\n{address}\n",
    )


def stepped_to_learner(learner: Person, enrolment: Enrolment, step: EnrolmentStep, address: str) -> Mail:
    """To the learner: what was noted of her way, from when, and what stays."""
    return Mail(
        f"{enrolment.programme.title}: {step_in_words(step)}",
        f"Hello {learner.name},\n\n{step.author.name} noted that you {happens(step, of_reader=True)} "
        f"({enrolment.programme.title}, {enrolment.programme.provider.name}).{no_more(step)}\n\nYour record and the "
        f"credits decided stay. If this is wrong, tell the programme lead.\n\n{address}\n",
    )


def stepped_to_others(reader: Person, learner: Person, enrolment: Enrolment, step: EnrolmentStep, address: str) -> Mail:
    """To supervisor, leads, mentor and coordinators: what happens and from when, and never why."""
    return Mail(
        f"{learner.name}: {step_in_words(step)}",
        f"Hello {reader.name},\n\n{learner.name} {happens(step, of_reader=False)} "
        f"({enrolment.programme.title}, {enrolment.programme.provider.name}).{no_more(step)}\n\nThe record stays. "
        f"What is asked of you about a placement comes in a mail of its own.\n\n{address}\n",
    )


def step_in_words(step: EnrolmentStep) -> str:
    return f"{step.kind.value} from {day_in_words(step.day)}" if step.taken_back_at is None else "a step is taken back"


def happens(step: EnrolmentStep, *, of_reader: bool) -> str:
    """Step out from 3 March 2026 and mean to return on 1 September 2026: of "you" or of somebody."""
    s = "" if of_reader else "s"
    first = day_in_words(step.day)
    have = "have" if of_reader else "has"
    if step.kind is StepKind.STEPPED_OUT:
        back = f", and mean{s} to return on {day_in_words(step.returns_on)}" if step.returns_on else ""
        return f"step{s} out of the programme from {first} on{back}"
    return {
        StepKind.RETURNED: f"return{s} to the programme on {first}",
        StepKind.TRANSFERRED: f"go{'' if of_reader else 'es'} on at another university from {first} on",
        StepKind.COMPLETED: f"{have} completed the level",
        StepKind.WITHDREW: f"{'are' if of_reader else 'is'} no longer on the programme from {first} on",
    }[step.kind]


def no_more(step: EnrolmentStep) -> str:
    return "" if step.taken_back_at is None else " That was a mistake and was taken back: it does not count."


def asked(lead: Person, wish: WayAsked, address: str) -> Mail:
    """To a programme lead: a learner asks for something about her way."""
    return Mail(
        f"{wish.learner.name} asks: {wish.kind.value}",
        f"Hello {lead.name},\n\n{wish.learner.name} asks for something about {wish.programme.title}: "
        f"{wish.kind.value}. Read it and answer from your home page.\n\n{address}\n",
    )


def withdrawn_to_lead(lead: Person, wish: WayAsked, address: str) -> Mail:
    """To a programme lead: what a learner asked no longer stands."""
    return Mail(
        f"{wish.learner.name} has taken back: {wish.kind.value}",
        f"Hello {lead.name},\n\n{wish.learner.name} has taken back what was asked about {wish.programme.title}. You "
        f"need not do anything.\n\n{address}\n",
    )


def not_agreed(wish: WayAsked, address: str) -> Mail:
    """To the learner: a lead said no, and why."""
    return Mail(
        f"{wish.programme.title}: {wish.kind.value} was not agreed",
        f"Hello {wish.learner.name},\n\nYou asked {wish.programme.provider.name} about {wish.programme.title}: "
        f"{wish.kind.value}. It was not agreed.\n\nWhy: {wish.answer}\n\nYou can ask again, or write to "
        f"{wish.answered_by.name if wish.answered_by else 'the programme lead'}.\n\n{address}\n",
    )


def award_named(lead: Person, award: PriorAward, address: str) -> Mail:
    """To a programme lead: a learner names an award from elsewhere, which waits to be confirmed."""
    return Mail(
        f"{award.learner.name} names a {award.level.value} from elsewhere",
        f"Hello {lead.name},\n\n{award.learner.name} was awarded a {award.level.value} by {award.awarded_by} on "
        f"{day_in_words(award.awarded_on)} and asks you to confirm it. It stands on your home page.\n\n{address}\n",
    )


def award_confirmed(award: PriorAward, address: str) -> Mail:
    """To the learner: the award counts there."""
    return Mail(
        f"Your {award.level.value} of {award.awarded_by} is confirmed",
        f"Hello {award.learner.name},\n\n{award.provider.name} confirmed your {award.level.value} of "
        f"{award.awarded_by}. You can go on to the next level there.\n\n{address}\n",
    )


def award_not_confirmed(award: PriorAward, address: str) -> Mail:
    """To the learner: it was not confirmed, and why."""
    return Mail(
        f"Your {award.level.value} of {award.awarded_by} was not confirmed",
        f"Hello {award.learner.name},\n\n{award.provider.name} could not confirm your {award.level.value} of "
        f"{award.awarded_by}.\n\nWhy: {award.answer}\n\nYou can record it again, with what is missing.\n\n{address}\n",
    )


def shared(lead: Person, learner: Person, provider: Provider, address: str) -> Mail:
    """To a programme lead: the record of earlier placements can be read, from the learner's page."""
    return Mail(
        f"{learner.name} lets you read the earlier record",
        f"Hello {lead.name},\n\n{learner.name} lets the academics of {provider.name} read the records of earlier "
        f"placements at other universities. They stand on the page of the learner.\n\n{address}\n",
    )
