"""What the home page says of bursaries: to learners, to assessors, and to whoever runs a call."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.bursaries.assessing.queries import number_to_score
from app.bursaries.queries import calls_that_wait, numbers_by_call, own_applications
from app.language.local_times import until_in_words
from app.language.numbers import count
from app.models.bursaries.applications import TAKING, ApplicationState, BursaryApplication
from app.models.bursaries.calls import BursaryCall, CallState
from app.models.people import Person, Role
from app.rules.bursaries.order import number_free
from app.rules.home_items import HomeItem, Standing, ToDo

RUN = frozenset({Role.PROGRAMME_LEAD, Role.ADMINISTRATOR})
ASSESS = frozenset(Role) - {Role.LEARNER}


def home_items_of(session: Session, person: Person, now: datetime) -> list[HomeItem]:
    """Offers to answer and applications to send; applications to score; calls to decide, and bursaries to offer."""
    found: list[HomeItem] = []
    if Role.LEARNER in person.roles:
        found += [item for one in own_applications(session, person) for item in items_about(one, now)]
    if person.roles & ASSESS and (number := number_to_score(session, person, now)):
        why = "Applications have closed. The call is decided once everybody has scored."
        scoring = f"Score {count(number, 'application')} for a bursary"
        found.append(ToDo(scoring, why, "bursaries.assessing.index", lasting="Score applications for bursaries"))
    if person.roles & RUN:
        calls = calls_that_wait(session, person)
        numbers = numbers_by_call(session, [call.id for call in calls])
        found += [item for call in calls for item in items_about_call(call, numbers.get(call.id, {}), now)]
    return found


def items_about(application: BursaryApplication, now: datetime) -> Iterator[HomeItem]:
    call, at = application.call, {"application_id": application.id}
    if application.is_open_offer(now):
        assert application.answer_until is not None
        until = until_in_words(application.answer_until)
        why = f"A bursary of “{call.title}”. After that it can be offered to somebody else."
        yield ToDo(f"Answer the offer of a bursary by {until}", why, "bursaries.applying.show", at)
    elif application.state is ApplicationState.DRAFT and call.takes_applications(now):
        why = f"Applications close on {until_in_words(call.closes_at)}. What is not sent by then does not count."
        yield ToDo(f"Send your application to “{call.title}”", why, "bursaries.applying.show", at)
    elif application.state in (ApplicationState.SENT, ApplicationState.WAITING):
        standing = f"Your application to “{call.title}” is {application.state.value}"
        yield Standing(standing, "You hear by email.", "bursaries.applying.show", at)


def items_about_call(call: BursaryCall, numbers: Mapping[ApplicationState, int], now: datetime) -> Iterator[HomeItem]:
    at = {"call_id": call.id}
    if call.state is CallState.PUBLISHED and call.has_closed(now):
        why = f"Applications closed on {until_in_words(call.closes_at)}."
        yield ToDo(f"Decide “{call.title}”", why, "bursaries.calls.show", at)
    elif call.state is CallState.DECIDED:
        free = number_free(call.number, sum(numbers.get(state, 0) for state in TAKING))
        waiting = numbers.get(ApplicationState.WAITING, 0)
        if free and waiting:
            text = f"Offer {count(min(free, waiting), 'free bursary', 'free bursaries')} of “{call.title}”"
            yield ToDo(text, f"{count(waiting, 'learner waits', 'learners wait')} for it.", "bursaries.calls.show", at)
