"""Pages of match rounds: the list, opening one, its head, its requests and openings, and what stands in the way."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, request, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.people import Role
from app.models.placements import OfferState
from app.models.programmes import Level
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.jobs import enqueue_once
from app.rounds import queries, service
from app.rounds.clearing.groups import items_of_small_groups
from app.rounds.clearing.home import items_of_free_places
from app.rounds.clearing.places import free_by_round, waiting_by_round
from app.rounds.clearing.views import blueprint as clearing
from app.rounds.comparing.told_apart import rows_of
from app.rounds.comparing.views import blueprint as comparing
from app.rounds.conflicts.queries import standing_of
from app.rounds.conflicts.views import blueprint as conflicts
from app.rounds.dossier.views import blueprint as dossier
from app.rounds.figures.counted import Counted, counted_of
from app.rounds.figures.jobs import count_round
from app.rounds.figures.views import blueprint as figures
from app.rounds.forms import OpenRoundForm, RoundDatesForm
from app.rounds.hindrances import blocked_lines, idle_lines
from app.rounds.home import home_items_of
from app.rounds.names.queries import excluded_seen_by
from app.rounds.names.views import blueprint as names
from app.rounds.one_request.choice import fits_shown, possible_for
from app.rounds.one_request.help import help_for
from app.rounds.one_request.interest import index_of_round
from app.rounds.openings import number_unconfirmed, openings_listed
from app.rounds.pins.views import blueprint as pins
from app.rounds.plan.home import home_items_of_mentor
from app.rounds.plan.views import blueprint as plan
from app.rounds.publishing.take_back_views import blueprint as taking_back
from app.rounds.publishing.taking_back import present_publication, publications_on, what_followed
from app.rounds.publishing.views import blueprint as publishing
from app.rounds.questions.views import blueprint as questions
from app.rounds.runs.holding import those_that_hold
from app.rounds.runs.views import blueprint as runs
from app.rounds.seeds.views import blueprint as seeds
from app.rules.capacity import Held
from app.rules.fit import OpeningFit, with_reasons
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_asked, page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.paging import page_of_rows

blueprint = Blueprint("rounds", __name__)
for part in (
    clearing,
    conflicts,
    dossier,
    figures,
    names,
    pins,
    plan,
    runs,
    questions,
    comparing,
    seeds,
    publishing,
    taking_back,
):
    blueprint.register_blueprint(part)
HOME_SOURCES = (items_of_small_groups, items_of_free_places)
HOME_SOURCES_NOW = (home_items_of, home_items_of_mentor)
SHOWN_FITS = 10
SHOWN_RUNS = 10


@blueprint.get("/rounds")
@requires(Permission.RUN_ROUNDS)
def index() -> Response:
    state = request.args.get("state", "")
    page = queries.rounds_of(db.session(), signed_in(), now(), state, page_asked())
    return answer(
        "rounds/rounds.html",
        page=page,
        state=state,
        states=queries.ROUND_STATES,
        requests=queries.numbers_of_requests(db.session(), list(page.rows)),
        now=now(),
    )


@blueprint.get("/rounds/new")
@requires(Permission.RUN_ROUNDS)
def new() -> Response:
    return answer("rounds/new.html", form=open_round_form())


@blueprint.post("/rounds/new")
@requires(Permission.RUN_ROUNDS)
def open_round() -> Response:
    form = open_round_form()
    if form.validate():
        try:
            round_ = service.open_round(
                db.session(),
                signed_in(),
                now(),
                name=form.name.data,
                level=Level(form.level.data),
                network_ids=form.network_ids.data,
                dates=dates_in(form),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            enqueue_once(count_round, round_.id)
            flash(f"{round_.name} is set up. Learners can ask for a place as soon as it opens.")
            return go_to(url_for("rounds.show", round_id=round_.id))
    return answer("rounds/new.html", form=form, status=form.status)


def open_round_form() -> OpenRoundForm:
    form = OpenRoundForm()
    own = [g.network for g in signed_in().grants if g.role is Role.COORDINATOR and g.ended_at is None and g.network]
    form.network_ids.choices = [(network.id, network.name) for network in sorted(own, key=lambda n: n.name)]
    return form


def dates_in(form: RoundDatesForm) -> service.RoundDates:
    return service.RoundDates(form.opens_at.given, form.closes_at.given, form.answer_until.given)


@blueprint.get("/rounds/<int:round_id>")
@requires(Permission.RUN_ROUNDS)
def show(round_id: int) -> Response:
    round_ = round_reached(round_id)
    runs_on = queries.runs_on(db.session(), round_)
    return answer(
        "rounds/round.html",
        round=round_,
        runs=runs_on,
        rows=rows_of(db.session(), round_, runs_on, today())[:SHOWN_RUNS],
        holding=those_that_hold(db.session(), round_, runs_on, today()),
        head=queries.head_of(db.session(), round_, today()),
        counted=counted_unless_published(round_),
        pins=queries.number_of_pins(db.session(), round_),
        offers=queries.offers_by_state(db.session(), round_, now()),
        taken_back=[one for one in publications_on(db.session(), round_) if one.taken_back_at],
        unconfirmed=number_unconfirmed(db.session(), round_),
        waiting=waiting_by_round(db.session(), [round_], today()).get(round_.id, 0) if round_.published_at else 0,
        now=now(),
    )


@blueprint.get("/rounds/<int:round_id>/dates")
@requires(Permission.RUN_ROUNDS)
def dates(round_id: int) -> Response:
    round_ = round_reached(round_id)
    service.refuse_published(round_)
    return answer("rounds/dates.html", round=round_, form=dates_form(round_))


@blueprint.post("/rounds/<int:round_id>/dates")
@requires(Permission.RUN_ROUNDS)
def change_dates(round_id: int) -> Response:
    round_, form = round_reached(round_id), RoundDatesForm()
    if form.validate() and form.rests_on(dates_form(round_), round_):
        if form.changes_nothing:
            flash("The dates are as they were.")
            return go_to(url_for("rounds.show", round_id=round_.id))
        try:
            service.change_dates(db.session(), signed_in(), now(), round_, dates_in(form))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("The dates are changed. Learners see them on their pages.")
            return go_to(url_for("rounds.show", round_id=round_.id))
    return answer("rounds/dates.html", round=round_, form=form, status=form.status)


def dates_form(round_: MatchRound) -> RoundDatesForm:
    """The form with the dates as they are."""
    return RoundDatesForm(formdata=None, obj=round_)


@blueprint.get("/rounds/<int:round_id>/close")
@requires(Permission.RUN_ROUNDS)
def ask_close(round_id: int) -> Response:
    round_ = round_reached(round_id)
    service.refuse_published(round_)
    return answer(
        "rounds/close.html",
        round=round_,
        requests=queries.numbers_of_requests(db.session(), [round_]).get(round_.id, 0),
        unsent=queries.unsent_requests(db.session(), round_),
    )


@blueprint.post("/rounds/<int:round_id>/close")
@requires(Permission.RUN_ROUNDS)
def close(round_id: int) -> Response:
    round_ = round_reached(round_id)
    service.close_round_early(db.session(), signed_in(), now(), round_)
    flash(f"{round_.name} is closed. Next: run it, look at the result and publish.")
    return go_to(url_for("rounds.show", round_id=round_.id))


@blueprint.get("/rounds/<int:round_id>/requests")
@requires(Permission.RUN_ROUNDS)
def requests(round_id: int) -> Response:
    round_, search, network_id = round_reached(round_id), words_asked(), id_asked("network")
    page = queries.requests_listed(db.session(), round_, search, network_id, page_asked())
    counted = counted_unless_published(round_)
    return answer(
        "rounds/requests.html",
        "rounds/_requests.html",
        announce=count(page.total, "request"),
        round=round_,
        page=page,
        counted=counted,
        possible=counted.possible_for([one.id for one in page.rows]) if counted else {},
        q=search,
        network_id=network_id,
    )


@blueprint.get("/rounds/<int:round_id>/requests/<int:request_id>")
@requires(Permission.RUN_ROUNDS)
def one_request(round_id: int, request_id: int) -> Response:
    round_ = round_reached(round_id)
    wish = found(queries.request_in_round(db.session(), round_, request_id))
    note_opening(wish, wish.learner)
    number, fits = fits_wanted(round_, wish)
    return answer(
        "rounds/request.html",
        round=round_,
        wish=wish,
        excluded=excluded_seen_by(signed_in(), wish),
        conflicts=standing_of(db.session(), signed_in(), wish.learner),
        ranks={row.opening_id: row.position for row in wish.ranked},
        number=number,
        fits=with_reasons(fits),
        help="" if number or not round_.is_worked_on else help_for(db.session(), round_, wish, today()),
        pin=queries.pin_of(db.session(), round_, wish),
    )


def fits_wanted(round_: MatchRound, wish: PlacementRequest) -> tuple[int, Sequence[OpeningFit]]:
    """How many openings she could be given and wants, and the best of them; at rest nobody asks."""
    if not round_.is_worked_on:
        return 0, ()
    session, day = db.session(), today()
    index = index_of_round(session, round_)
    listed = {row.opening_id for row in wish.ranked}
    possible = possible_for(session, round_, index, wish, day)
    wanted = [one for one in possible if wish.takes_any_other or one.opening.id in listed]
    return len(wanted), fits_shown(session, index, wish, wanted[:SHOWN_FITS], day)


@blueprint.get("/rounds/<int:round_id>/openings")
@requires(Permission.RUN_ROUNDS)
def openings(round_id: int) -> Response:
    round_, search, network_id = round_reached(round_id), words_asked(), id_asked("network")
    only_unconfirmed = request.args.get("confirmed") == "no"
    page = openings_listed(db.session(), round_, search, network_id, page_asked(), only_unconfirmed)
    held, counted = Held.around(db.session(), today(), page.rows), counted_unless_published(round_)
    return answer(
        "rounds/openings.html",
        "rounds/_openings.html",
        announce=count(page.total, "opening"),
        round=round_,
        page=page,
        counted=counted,
        places={opening.id: held.places_left(opening) for opening in page.rows},
        chances=counted.chances_of([one.id for one in page.rows]) if counted else {},
        q=search,
        network_id=network_id,
        confirmed="no" if only_unconfirmed else "",
    )


@blueprint.get("/rounds/<int:round_id>/obstacles")
@requires(Permission.RUN_ROUNDS)
def obstacles(round_id: int) -> Response:
    round_ = round_reached(round_id)
    counted = counted_of(db.session(), round_, today(), with_texts=True)
    found = counted.details if counted else {"blocked": [], "idle": []}
    learners = page_of_rows(found["blocked"], page_asked())
    idle = page_of_rows(found["idle"], page_asked("openings_page"))
    return answer(
        "rounds/obstacles.html",
        round=round_,
        counted=counted,
        learners=replace(learners, rows=blocked_lines(db.session(), learners.rows)),
        idle=replace(idle, rows=idle_lines(db.session(), idle.rows)),
        head=queries.head_of(db.session(), round_, today()),
    )


@blueprint.get("/rounds/<int:round_id>/answers")
@requires(Permission.RUN_ROUNDS)
def answers(round_id: int) -> Response:
    round_, state = round_reached(round_id), request.args.get("state", "")
    return answer(
        "rounds/answers.html",
        round=round_,
        page=queries.offers_listed(db.session(), round_, now(), state, page_asked()),
        numbers=queries.offers_by_state(db.session(), round_, now()),
        states=[state.value for state in OfferState],
        state=state,
        free=free_by_round(db.session(), [round_], today())[round_.id],
        now=now(),
        can_be_taken_back=can_be_taken_back(round_),
    )


def can_be_taken_back(round_: MatchRound) -> bool:
    """True while nothing has followed the publication that stands."""
    publication = present_publication(db.session(), round_) if round_.published_at else None
    return publication is not None and not what_followed(db.session(), publication, now())


def counted_unless_published(round_: MatchRound) -> Counted | None:
    """What could be given; while nothing is to be decided nobody asks."""
    return counted_of(db.session(), round_, today()) if round_.is_worked_on else None


def round_reached(round_id: int) -> MatchRound:
    round_: MatchRound = found(queries.round_of(db.session(), signed_in(), round_id))
    return round_
