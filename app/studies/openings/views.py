"""Pages on which a mentor publishes openings and sees who asked and whom she has helped."""

from flask import Response, request, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.organisations import Network, Organisation
from app.models.programmes import Level
from app.models.studies import Opening, Study
from app.models.values.registration import Profession
from app.platform.clock import now, today
from app.platform.db import db
from app.rules.of_rounds.taking_part import rounds_of_mentor
from app.rules.search import FOUND_MAX, is_enough, studies_like
from app.studies import queries
from app.studies.base_views import blueprint, study_at, wants_to_find
from app.studies.openings import queries as opening_queries
from app.studies.openings import service as deeds
from app.studies.openings.forms import OpeningForm
from app.studies.openings.suitability import scheme_notes
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

CHANGED = "Your opening is changed. Learners see it like this from now on."
AS_IT_WAS = "Your opening is as it was, and now marked as confirmed today."


@blueprint.get("/openings")
@requires(Permission.OFFER_OPENINGS)
def openings() -> Response:
    return answer(
        "studies/openings/openings.html",
        lines=opening_queries.opening_lines(db.session(), signed_in(), today()),
        rounds=rounds_of_mentor(db.session(), signed_in(), now()),
    )


@blueprint.get("/openings/new")
@requires(Permission.OFFER_OPENINGS)
def choose_study() -> Response:
    """Find the study by typing; with a study chosen, go on to what is offered on it."""
    typed, study_id = words_asked(), id_asked("study")
    if study_id is not None and "go" in request.args:
        return go_to(url_for("studies.new_opening", study_id=study_id))
    studies = studies_like(db.session(), typed)
    return answer(
        "studies/openings/choose_study.html",
        "components/_found_studies.html",
        announce=f"{count(len(studies[:FOUND_MAX]), 'study', 'studies')} shown",
        q=typed,
        studies=studies[:FOUND_MAX],
        has_more=len(studies) > FOUND_MAX,
        is_enough=is_enough(typed),
        is_unanswered="go" in request.args,
        has_studies=queries.has_studies(db.session()),
    )


@blueprint.get("/openings/new/<int:study_id>")
@requires(Permission.OFFER_OPENINGS)
def new_opening(study_id: int) -> Response:
    study, profile = study_at(study_id), signed_in().mentor_profile
    deeds.check_can_open(db.session(), signed_in(), study)
    form = opening_form()
    form.places.data, form.levels.data = 1, [Level.PGCERT.name]
    form.start_with(profile.organisation if profile else None)
    return opening_page(form, study)


@blueprint.post("/openings/new/<int:study_id>")
@requires(Permission.OFFER_OPENINGS)
def publish(study_id: int) -> Response:
    study, form = study_at(study_id), opening_form()
    form.look_up(db.session())
    if not wants_to_find() and form.validate():
        try:
            opening = deeds.publish_opening(
                db.session(),
                signed_in(),
                study,
                answers_of(form),
                is_sure=form.is_sure.data,
                today=today(),
                now=now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Your opening is published. Learners whom it suits can ask for it from now on.")
            return go_to(url_for("studies.opening", opening_id=opening.id))
    return opening_page(form, study)


@blueprint.get("/openings/<int:opening_id>")
@requires(Permission.OFFER_OPENINGS)
def opening(opening_id: int) -> Response:
    mine = own_opening(opening_id)
    return answer(
        "studies/openings/opening.html",
        line=opening_queries.lines_of(db.session(), [mine], today())[0],
        professions=opening_queries.professions_asking(db.session(), mine),
        placements=opening_queries.placements_on(db.session(), mine),
        affected=opening_queries.affected_by_withdrawal(db.session(), mine, today()),
        notes=scheme_notes(study_at(mine.study_id), today()),
        today=today(),
    )


@blueprint.get("/openings/<int:opening_id>/change")
@requires(Permission.OFFER_OPENINGS)
def change_opening(opening_id: int) -> Response:
    mine = own_opening(opening_id)
    return opening_page(form_of(mine), mine.study, mine)


@blueprint.post("/openings/<int:opening_id>/change")
@requires(Permission.OFFER_OPENINGS)
def save_opening(opening_id: int) -> Response:
    mine, form = own_opening(opening_id, to_change=True), opening_form()
    form.look_up(db.session())
    if not wants_to_find() and form.validate() and form.rests_on(form_of(mine), mine):
        taken = opening_queries.affected_by_withdrawal(db.session(), mine, today()).taken
        try:
            deeds.change_opening(
                db.session(),
                signed_in(),
                mine,
                answers_of(form),
                taken,
                is_sure=form.is_sure.data,
                occasion=this_occasion(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(AS_IT_WAS if form.changes_nothing else CHANGED)
            return go_to(url_for("studies.opening", opening_id=mine.id))
    return opening_page(form, mine.study, mine)


@blueprint.post("/openings/<int:opening_id>/pause")
@requires(Permission.OFFER_OPENINGS)
def pause_opening(opening_id: int) -> Response:
    deeds.pause_opening(db.session(), signed_in(), own_opening(opening_id, to_change=True), this_occasion())
    flash("The opening is paused. Learners no longer see it, and it takes part in no round until you resume it.")
    return go_to(url_for("studies.opening", opening_id=opening_id))


@blueprint.post("/openings/<int:opening_id>/resume")
@requires(Permission.OFFER_OPENINGS)
def resume_opening(opening_id: int) -> Response:
    deeds.resume_opening(db.session(), signed_in(), own_opening(opening_id, to_change=True), now())
    flash("The opening is published again. Learners can ask for it from now on.")
    return go_to(url_for("studies.opening", opening_id=opening_id))


@blueprint.get("/openings/<int:opening_id>/withdraw")
@requires(Permission.OFFER_OPENINGS)
def ask_to_withdraw(opening_id: int) -> Response:
    mine = own_opening(opening_id)
    affected = opening_queries.affected_by_withdrawal(db.session(), mine, today())
    return answer("studies/openings/withdraw_opening.html", opening=mine, affected=affected)


@blueprint.post("/openings/<int:opening_id>/withdraw")
@requires(Permission.OFFER_OPENINGS)
def withdraw_opening(opening_id: int) -> Response:
    mine = own_opening(opening_id, to_change=True)
    affected = opening_queries.affected_by_withdrawal(db.session(), mine, today())
    deeds.withdraw_opening(db.session(), signed_in(), mine, affected, study_address, this_occasion())
    flash("The opening is withdrawn. Placements on it go on as agreed.")
    return go_to(url_for("studies.openings"))


def study_address(study_id: int) -> str:
    return full_address("studies.show", study_id=study_id)


def opening_form(**given: object) -> OpeningForm:
    form = OpeningForm(**given)
    form.offer(queries.networks(db.session()))
    return form


def form_of(opening: Opening) -> OpeningForm:
    """The form with what was published."""
    form = opening_form(formdata=None, starts_on=opening.starts_on, ends_on=opening.ends_on)
    form.fill_from(opening)
    return form


def answers_of(form: OpeningForm) -> deeds.OpeningAnswers:
    """What a valid form says; raises Refused when organisation or network are not clear."""
    organisation = form.chosen(db.session())
    return deeds.OpeningAnswers(
        organisation=organisation,
        network=network_of(form, organisation),
        places=form.places.given,
        starts_on=form.starts_on.given,
        ends_on=form.ends_on.given,
        levels=[Level[name] for name in form.levels.data],
        professions=[Profession[name] for name in form.professions.data],
        learner_does=form.learner_does.data,
    )


def network_of(form: OpeningForm, organisation: Organisation) -> Network:
    """The network that was chosen, or that of the organisation."""
    if form.network.data:
        return next(one for one in queries.networks(db.session()) if str(one.id) == form.network.data)
    if organisation.network is None:
        raise Refused(f"We do not know the network of {organisation.name}. Choose it here", "network")
    return organisation.network


def opening_page(form: OpeningForm, study: Study, opening: Opening | None = None) -> Response:
    return answer(
        "studies/openings/opening_form.html",
        form=form,
        study=study,
        title=study.name,
        notes=scheme_notes(study, today()),
        opening=opening,
        status=form.status,
    )


def own_opening(opening_id: int, to_change: bool = False) -> Opening:
    """The opening of the mentor who is signed in, or 404."""
    opening: Opening = found(opening_queries.opening_of_mentor(db.session(), signed_in(), opening_id, to_change))
    return opening
