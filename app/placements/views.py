"""Pages of offers and of the placements that they become."""

from functools import partial

from flask import Blueprint, Response, request, url_for

import app.placements.jobs  # noqa: F401  a worker does regularly what stands there
from app.language.local_times import until_in_words
from app.language.refusal import Overtaken, Refused
from app.models.course.better_places import BetterPlace
from app.models.course.swaps import Swap
from app.models.placements import Offer, OfferState, Placement, Terms
from app.phrasebook.fits import too_few_weeks
from app.phrasebook.obstacles import sentence, to_learner
from app.phrasebook.of_placements.agreements import said_short
from app.phrasebook.of_placements.progress_reviews import said_reviews
from app.phrasebook.of_placements.sign_offs import said_sign_off
from app.phrasebook.readiness import said_list
from app.placements import service
from app.placements.calendar_dates import first_and_last_days, last_days_to_answer
from app.placements.changes import home as changes_home
from app.placements.changes import views as changes
from app.placements.changes.queries import wishes_about
from app.placements.forms import DeclineForm, MoreTimeForm
from app.placements.home import home_items_of
from app.placements.moving_up import home as moving_up_home
from app.placements.moving_up import views as moving_up
from app.placements.moving_up.queries import better_place_beside, move_behind
from app.placements.offered_place import TermsChanged, agreement
from app.placements.queries import (
    offer_of_learner,
    parts_around,
    placement_of_offer,
    placement_seen_by,
    placements_of,
    proposal_behind,
)
from app.placements.swaps import home as swaps_home
from app.placements.swaps import views as swaps
from app.placements.swaps.queries import swap_behind
from app.placements.why_not import better_ranked
from app.platform.clock import now, today
from app.platform.db import db, transaction
from app.promises.consequences import take_back_broken
from app.promises.live_offers import PASSING, are_held, obstacles_of
from app.rules.academic.supervisors import supervisor_of
from app.rules.agreements.kind import agreed_of
from app.rules.course.deputies import open_deputies_of
from app.rules.course.evidenced import evidenced
from app.rules.course.swapping import Hold
from app.rules.credit.held import hours_expected
from app.rules.eligibility import first_day_together
from app.rules.length import length_of
from app.rules.of_learners.places import enrolment_id_of
from app.rules.progress_reviews.kind import reviews_of
from app.rules.readiness.missing import needs_of
from app.rules.readiness.parts import parts_of
from app.rules.record_totals import summaries, summaries_with_earlier, workplace_of
from app.rules.sign_offs.standing import sign_off_of
from app.rules.timeline import moments_of, number_on_record, planned_sessions, sessions_to_confirm, workplace_steps
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion
from app.web.paging import page_through
from app.web.workplace_picture import picture_of

blueprint = Blueprint("placements", __name__)
blueprint.register_blueprint(changes.blueprint)
blueprint.register_blueprint(swaps.blueprint)
blueprint.register_blueprint(moving_up.blueprint)
HOME_SOURCES_NOW = (home_items_of,)
CALENDAR_SOURCES = (last_days_to_answer, first_and_last_days)
HOME_SOURCES = (changes_home.home_items_of, swaps_home.home_items_of, moving_up_home.home_items_of)


@blueprint.get("/offers/<int:offer_id>")
@requires(Permission.ANSWER_OFFER)
def offer(offer_id: int) -> Response:
    return offer_page(own_offer(offer_id))


def offer_page(offer: Offer, complaint: str = "", status: int = 200) -> Response:
    """The offer as it stands now: what it says, whether it can be accepted, and why it is this one."""
    swap, move = latest_change(swap_behind(db.session(), offer), move_behind(db.session(), offer))
    proposal = None if swap or move else proposal_behind(db.session(), offer)
    state = offer.state_at(now())
    waits = state is OfferState.WAITING
    placement = placement_of_offer(db.session(), offer)
    in_the_way = obstacles_of(db.session(), offer, today()) if waits else ()
    return answer(
        "placements/offer.html",
        status=status,
        complaint=complaint,
        offer=offer,
        state=state,
        agreement=agreement(offer, today()),
        said=Terms.of(offer.opening) if waits else offer.said.terms,
        first_day=first_day_together(offer.request, offer.opening, today()),
        too_short=too_few_weeks(length_of(offer.request, offer.opening, today())),
        in_the_way=[sentence(to_learner(one)) for one in in_the_way],
        may_pass=PASSING.issuperset(in_the_way),
        is_held=waits and are_held(db.session(), [offer], today()),
        proposal=proposal,
        better=better_ranked(db.session(), offer, proposal.rank, today()) if proposal else [],
        swap=swap,
        move=move,
        better_place=better_place_beside(db.session(), offer),
        placement=placement,
        can_swap=Hold(offer, placement).can_be_swapped_at(now()),
        more_time=service.until_with_more_time(offer) if waits else None,
    )


def latest_change(swap: Swap | None, move: BetterPlace | None) -> tuple[Swap | None, BetterPlace | None]:
    """What made the offer one of the place that it is of now: of a swap and a move up the later one alone."""
    if swap and move:
        return (swap, None) if (swap.ended_at or swap.asked_at) > (move.ended_at or move.offered_at) else (None, move)
    return swap, move


@blueprint.post("/offers/<int:offer_id>/accept")
@requires(Permission.ANSWER_OFFER)
def accept(offer_id: int) -> Response:
    offer = own_offer(offer_id)
    try:
        placement = service.accept_offer(
            db.session(), this_occasion(), offer, request.form.get("agreed", ""), placement_address
        )
    except TermsChanged as refusal:
        db.session().rollback()
        return offer_page(own_offer(offer_id), refusal.message, status=409)
    except Overtaken as refusal:
        return answer_overtaken(offer_id, refusal)
    flash(f"The place is yours. Next: write to {offer.opening.mentor.name} and agree when you first meet.")
    return go_to(url_for("placements.show", placement_id=placement.id))


def answer_overtaken(offer_id: int, refusal: Overtaken) -> Response:
    """Undo the deed, then say what follows in a transaction of its own, which the refusal must not undo."""
    db.session().rollback()
    with transaction() as session:
        offer = own_offer(offer_id)
        occasion = this_occasion()
        if not take_back_broken(session, occasion, Offer.id == offer.id):
            service.tell_of_lost_place(session, offer, occasion)
        return answer("placements/overtaken.html", status=409, offer=offer, message=refusal.message)


@blueprint.get("/offers/<int:offer_id>/decline")
@requires(Permission.ANSWER_OFFER)
def ask_why(offer_id: int) -> Response:
    offer = own_offer(offer_id)
    if not offer.is_open_at(now()):
        return go_to(url_for("placements.offer", offer_id=offer_id))
    return answer("placements/decline.html", offer=offer, form=DeclineForm())


@blueprint.post("/offers/<int:offer_id>/decline")
@requires(Permission.ANSWER_OFFER)
def decline(offer_id: int) -> Response:
    offer, form = own_offer(offer_id), DeclineForm()
    if form.validate():
        try:
            service.decline_offer(db.session(), this_occasion(), offer, form.decline, is_sure=form.is_sure.data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(after_declining(form.decline))
            return go_to(url_for("home.show"))
    return answer("placements/decline.html", status=form.status, offer=offer, form=form)


def after_declining(decline: service.Decline) -> str:
    """What follows: whether she waits, and what others see."""
    told = "You have declined the offer. Your mentor is told that you declined, and your coordinators see why."
    if decline.waits:
        return f"{told} You wait for the next turn of this round; you need not ask again."
    return f"{told} You are offered no other place of this round. You can ask again from your request."


@blueprint.get("/offers/<int:offer_id>/more-time")
@requires(Permission.ANSWER_OFFER)
def ask_time(offer_id: int) -> Response:
    offer = own_offer(offer_id)
    if not offer.is_open_at(now()) or service.until_with_more_time(offer) is None:
        return go_to(url_for("placements.offer", offer_id=offer_id))
    return more_time_page(offer, MoreTimeForm())


@blueprint.post("/offers/<int:offer_id>/more-time")
@requires(Permission.ANSWER_OFFER)
def take_time(offer_id: int) -> Response:
    offer, form = own_offer(offer_id), MoreTimeForm()
    if form.validate():
        try:
            service.ask_for_time(db.session(), this_occasion(), offer, form.reason.data, is_sure=form.is_sure.data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            by = until_in_words(offer.answer_until)
            flash(f"You have until {by} to answer. Your mentor and your coordinators are told.")
            return go_to(url_for("placements.offer", offer_id=offer_id))
    return more_time_page(offer, form)


def more_time_page(offer: Offer, form: MoreTimeForm) -> Response:
    return answer(
        "placements/more_time.html",
        status=form.status,
        offer=offer,
        form=form,
        until=service.until_with_more_time(offer),
        is_held=are_held(db.session(), [offer], today()),
    )


@blueprint.get("/placements")
@requires(Permission.SEE_PLACEMENT)
def mine() -> Response:
    placements = placements_of(db.session(), signed_in())
    if len(placements) == 1:
        return go_to(url_for("placements.show", placement_id=placements[0].id))
    sums = summaries(db.session(), [placement.id for placement in placements])
    return answer("placements/mine.html", placements=placements, sums=sums, person=signed_in(), today=today())


@blueprint.get("/placements/<int:placement_id>")
@requires(Permission.SEE_PLACEMENT)
def show(placement_id: int) -> Response:
    placement: Placement = found(placement_seen_by(db.session(), signed_in(), placement_id, today()))
    note_opening(placement, placement.learner)
    summary = summaries_with_earlier(db.session(), [placement])[placement.id]
    workplace = workplace_of(placement, summary)
    return answer(
        "placements/placement.html",
        placement=placement,
        is_learner=placement.learner_id == signed_in().id,
        is_mentor=placement.mentor_id == signed_in().id,
        summary=summary,
        workplace=workplace,
        module_hours=hours_expected(db.session(), placement),
        enrolment_id=enrolment_id_of(db.session(), placement),
        capabilities=evidenced(db.session(), [placement])[placement.id],
        picture=picture_of(workplace, workplace_steps(db.session(), placement), today()),
        record_page=page_through(
            number_on_record(db.session(), placement),
            page_asked(),
            partial(moments_of, db.session(), placement),
        ),
        waiting=sessions_to_confirm(db.session(), placement),
        planned=planned_sessions(db.session(), placement),
        person=signed_in(),
        now=now(),
        parts=parts_around(db.session(), placement),
        wishes=wishes_about(db.session(), placement),
        deputies=open_deputies_of(db.session(), placement, today()),
        supervisor=supervisor_of(db.session(), placement),
        before_start=said_list(needs_of(db.session(), placement), parts_of(signed_in(), placement), placement, today()),
        short=said_short(placement, *agreed_of(db.session(), [placement])[placement.id], signed_in().id, today()),
        said=said_reviews(reviews_of(db.session(), [placement])[placement.id], today()),
        sign_off=said_sign_off(placement, sign_off_of(db.session(), placement), today()),
        can_swap=placement.offer is not None and Hold(placement.offer, placement).can_be_swapped_at(now()),
        today=today(),
    )


def own_offer(offer_id: int) -> Offer:
    offer: Offer = found(offer_of_learner(db.session(), signed_in(), offer_id))
    return offer


def placement_address(placement: Placement) -> str:
    return full_address("placements.show", placement_id=placement.id)
