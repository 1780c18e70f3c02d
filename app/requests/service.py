"""Deeds on a request as a whole: start it, choose its module, send it, take it back."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.language.refusal import Refused
from app.models.people import Person
from app.models.programmes import Enrolment, Module, ModuleKind, Programme
from app.models.requests import PlacementRequest, RequestState
from app.platform.audit import record
from app.platform.outbox import queue_message
from app.requests import mails
from app.requests.changed_parts import details_of, note_change
from app.requests.making_way import make_way
from app.requests.my_list.lost_choices import give_up_lost_choices
from app.requests.queries import other_request_for, present_request_of, round_of
from app.requests.task_list import is_complete, parts_of
from app.rules.credit.entry import missing_level
from app.rules.enrolments.starts import ENROLMENT_AHEAD, ENROLMENT_PAST
from app.rules.enrolments.waiting import waits_to_begin
from app.rules.of_learners.modules import rpe_modules_of
from app.rules.of_learners.places import has_left, has_place_for
from app.rules.programmes.standing import begun_on, hold_programme


def start_request(session: Session, actor: Person, now: datetime) -> PlacementRequest:
    """Begin a request, or go on with the one that is not sent yet; the only module that it can be for is chosen."""
    present = present_request_of(session, actor)
    if present and present.state is RequestState.DRAFT:
        return present
    request = PlacementRequest(learner=actor, state=RequestState.DRAFT, created_at=now)
    session.add(request)
    session.flush()
    modules = rpe_modules_of(session, actor)
    if len(modules) == 1:
        make_way(session, actor, request, modules[0].id, day_of(now), now)
    if len(modules) == 1 and other_request_for(session, request, modules[0].id) is None:
        request.module = modules[0]
    record(session, actor, "started a request", request, now=now)
    return request


def choose_module(
    session: Session,
    actor: Person,
    request: PlacementRequest,
    module: Module,
    *,
    is_sure: bool,
    today: date,
    now: datetime,
) -> None:
    """Ask for this RPE module; raises Refused when another request of the learner asks for it already."""
    request.require_changeable(now)
    make_way(session, actor, request, module.id, today, now)
    if other_request_for(session, request, module.id) is not None:
        raise Refused("You have asked for this module already. Change or withdraw that request instead.", "module")
    level = module.programme.level
    lost = give_up_lost_choices(session, request, lambda asked: replace(asked, level=level), today, is_sure=is_sure)
    request.module = module
    note_change(session, actor, request, "module", today, now, **details_of(lost))


def enrol(
    session: Session, actor: Person, programme: Programme, started_on: date, today: date, now: datetime
) -> Enrolment:
    """Note that the learner is on a programme, in the version of that day; twice changes nothing.

    Raises Refused for a date out of reach, where the level before is missing (rule C4), and while she waits for a
    place.
    """
    if not today - ENROLMENT_PAST <= started_on <= today + ENROLMENT_AHEAD:
        raise Refused(
            "The start of your programme must be within the last five years or the coming year. Check the year.",
            "started_on",
        )
    known = session.scalar(
        select(Enrolment).where(Enrolment.learner_id == actor.id, Enrolment.programme_id == programme.id)
    )
    if known is not None and known.ended_on is not None:
        raise Refused("Your time on this programme has ended. Ask your university if that is wrong.", "programme")
    if known is not None:
        return known
    refuse_what_the_university_answers(session, actor, programme)
    version, cohort = begun_on(hold_programme(session, programme.id), started_on)
    enrolment = Enrolment(
        learner_id=actor.id,
        programme=programme,
        version=version,
        in_cohort=cohort,
        started_on=started_on,
    )
    session.add(enrolment)
    record(session, actor, "enrolled on a programme", enrolment, now=now, name=programme.title)
    return enrolment


def refuse_what_the_university_answers(session: Session, actor: Person, programme: Programme) -> None:
    """Raise Refused where she waits for its answer, or has not the level before: only it can say what is equivalent."""
    if waits_to_begin(session, actor.id, programme.id):
        raise Refused(
            "You have asked the university for a place on this programme. Wait for its answer, or take that back "
            "first, under “Your programme”.",
            "programme",
        )
    missing = missing_level(session, actor.id, programme)
    if missing:
        raise Refused(
            f"{programme.title} needs a {missing.value}, and none of yours is known here. Under “Your programme” you "
            "can record it and let the university confirm it, or ask for a place: then the university enrols you.",
            "programme",
        )


def rpe_modules(enrolment: Enrolment) -> list[Module]:
    return [module for module in enrolment.modules if module.kind is ModuleKind.RPE]


def submit_request(session: Session, actor: Person, request: PlacementRequest, today: date, now: datetime) -> None:
    """Send the request and let it join the open round that closes first; without one it waits for the next."""
    request.require_changeable(now)
    if not is_complete(request):
        missing = " and ".join(f"“{part.name}”" for part in parts_of(request) if not part.is_done)
        raise Refused(f"Your request is not complete. Answer {missing}, then send it.")
    if request.state is RequestState.SUBMITTED:
        return
    if has_left(session, actor.id, request.module_id):
        raise Refused("You are no longer on the programme of this module. Choose another module, or ask to return.")
    if has_place_for(session, actor.id, request.module_id, today):
        raise Refused("You have a placement for this module already. Choose another module, or withdraw this request.")
    request.submit(now)
    request.round = round_of(session, request, now)
    record(session, actor, "submitted a request", request, now=now, round_id=request.round_id)
    queue_message(session, actor.email, mails.submitted(actor, request.round), now)


def withdraw_request(session: Session, actor: Person, request: PlacementRequest, today: date, now: datetime) -> None:
    """Take the request back; raises Refused once its round has closed."""
    request.withdraw(now)
    record(session, actor, "withdrew a request", request, now=now)
