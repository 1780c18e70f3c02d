"""Pages on which a coordinator checks the supervisors whom learners have named."""

from flask import Response, request, url_for

from app.language.numbers import count
from app.language.refusal import Overtaken, Refused
from app.models.pairs.nominations import Nomination, NominationState
from app.nominations import queries
from app.nominations.answering import person_behind
from app.nominations.base_views import blueprint
from app.nominations.checking import verifying
from app.nominations.checking.forms import ChecksForm, RefuseForm, checks_form, name_of, note_of
from app.phrasebook.nominations import QUESTIONS
from app.platform.db import db
from app.platform.lifecycle import story_of
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address, password_address
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion


@blueprint.get("/nominations")
@requires(Permission.RUN_ROUNDS)
def index() -> Response:
    search, state = words_asked(), request.args.get("state", "")
    page = queries.nominations_listed(db.session(), signed_in(), search, state, page_asked())
    return answer(
        "nominations/checking/nominations.html",
        "nominations/checking/_nominations.html",
        announce=count(page.total, "nomination"),
        page=page,
        q=search,
        state=state,
        states=NominationState,
    )


@blueprint.get("/nominations/<int:nomination_id>")
@requires(Permission.RUN_ROUNDS)
def check(nomination_id: int) -> Response:
    nomination = nomination_reached(nomination_id)
    note_opening(nomination, nomination.learner)
    return check_page(nomination, checks_form())


def check_page(nomination: Nomination, form: ChecksForm) -> Response:
    return answer(
        "nominations/checking/check.html",
        nomination=nomination,
        known=person_behind(db.session(), nomination),
        form=form,
        questions=[(asked, form[name_of(one)], form[note_of(one)]) for one, asked in QUESTIONS.items()],
        asked=QUESTIONS,
        story=story_of(db.session(), nomination),
        placement=queries.placement_of(db.session(), nomination),
        reader=signed_in(),
        status=form.status,
    )


@blueprint.post("/nominations/<int:nomination_id>")
@requires(Permission.RUN_ROUNDS)
def verify(nomination_id: int) -> Response:
    nomination, form = nomination_reached(nomination_id, to_change=True), checks_form()
    if not form.validate():
        return check_page(nomination, form)
    name, learner = nomination.name, nomination.learner.name
    try:
        verifying.verify(
            db.session(),
            signed_in(),
            nomination,
            form.replies(),
            addresses(),
            is_sure=form.is_sure.data,
            occasion=this_occasion(),
        )
    except Overtaken:
        raise
    except Refused as refusal:
        db.session().rollback()
        form.refuse(refusal)
        return check_page(nomination_reached(nomination_id), form)
    flash(f"{name} is verified. {learner} has the placement, it takes up a place from now on, and both were told.")
    return go_to(url_for("nominations.index"))


def addresses() -> verifying.Addresses:
    return verifying.Addresses(
        placement=lambda placement_id: full_address("placements.show", placement_id=placement_id),
        password=password_address,
    )


@blueprint.get("/nominations/<int:nomination_id>/refuse")
@requires(Permission.RUN_ROUNDS)
def ask_why(nomination_id: int) -> Response:
    nomination = nomination_reached(nomination_id)
    if nomination.state is not NominationState.CONFIRMED:
        return go_to(url_for("nominations.check", nomination_id=nomination_id))
    return answer("nominations/checking/refuse.html", nomination=nomination, form=RefuseForm())


@blueprint.post("/nominations/<int:nomination_id>/refuse")
@requires(Permission.RUN_ROUNDS)
def refuse(nomination_id: int) -> Response:
    nomination, form = nomination_reached(nomination_id, to_change=True), RefuseForm()
    if form.validate():
        try:
            verifying.refuse(
                db.session(),
                signed_in(),
                nomination,
                form.reason.data or "",
                is_sure=form.is_sure.data,
                occasion=this_occasion(),
            )
        except Overtaken:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"{nomination.learner.name} was told why it cannot be verified, and {nomination.name} that it ends.")
            return go_to(url_for("nominations.index"))
    return answer("nominations/checking/refuse.html", nomination=nomination, form=form, status=form.status)


def nomination_reached(nomination_id: int, to_change: bool = False) -> Nomination:
    loaded: Nomination = found(queries.nomination_in_reach(db.session(), signed_in(), nomination_id, to_change))
    return loaded
