"""Pages of what a learner brings along: she names an award, a lead answers, and she says who reads earlier records."""

from flask import Blueprint, Response, url_for

from app.enrolments import queries
from app.enrolments.brought import awards, sharing
from app.enrolments.forms import AwardForm, NoForm
from app.models.academic.prior_awards import PriorAward, PriorAwardState
from app.models.programmes import Level, Provider
from app.platform.db import db
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion
from app.web.security import limit_deeds

blueprint = Blueprint("brought", __name__)


@blueprint.post("/my-programme/records/<int:provider_id>/share")
@requires(Permission.FOLLOW_OWN_WAY)
def share(provider_id: int) -> Response:
    provider = provider_sharing(provider_id)
    sharing.share(db.session(), this_occasion(), signed_in(), provider)
    flash(f"The academics of {provider.name} can read the records of your earlier placements from now on.")
    return go_to(url_for("enrolments.own.show"))


@blueprint.post("/my-programme/records/<int:provider_id>/stop")
@requires(Permission.FOLLOW_OWN_WAY)
def stop_sharing(provider_id: int) -> Response:
    provider = provider_sharing(provider_id)
    sharing.stop_sharing(db.session(), this_occasion(), signed_in(), provider)
    flash(f"Nobody of {provider.name} reads the records of your placements elsewhere any more.")
    return go_to(url_for("enrolments.own.show"))


def provider_sharing(provider_id: int) -> Provider:
    """A university whose reading is hers to allow."""
    hers = {one.provider.id: one.provider for one in queries.sharings_of(db.session(), signed_in())}
    one: Provider = found(hers.get(provider_id))
    return one


@blueprint.get("/my-programme/prior-awards/new")
@requires(Permission.FOLLOW_OWN_WAY)
def new_award() -> Response:
    return new_award_page(AwardForm(formdata=None))


@blueprint.post("/my-programme/prior-awards/new")
@requires(Permission.FOLLOW_OWN_WAY)
@limit_deeds("20 per hour")
def name_award() -> Response:
    form = AwardForm()
    form.offer_providers(queries.providers(db.session()))

    def done() -> None:
        named = awards.Named(
            Level[form.level.data],
            form.title.data,
            form.awarded_by.data,
            form.awarded_on.given,
            form.reference.data,
            found(queries.provider_with(db.session(), int(form.provider.data))),
        )
        awards.name_award(db.session(), this_occasion(), named, is_sure=bool(form.is_sure.data))

    if not form.does(done):
        return new_award_page(form)
    flash("It is kept. The programme leads of the university are asked to confirm it; you hear by email.")
    return go_to(url_for("enrolments.own.show"))


def new_award_page(form: AwardForm) -> Response:
    form.offer_providers(queries.providers(db.session()))
    return answer("enrolments/brought/new_award.html", form=form, status=form.status)


@blueprint.post("/my-programme/prior-awards/<int:own_award_id>/take-back")
@requires(Permission.FOLLOW_OWN_WAY)
def take_back_award(own_award_id: int) -> Response:
    award = found(queries.own_award(db.session(), signed_in(), own_award_id))
    awards.take_back(db.session(), this_occasion(), award)
    flash("It is taken back.")
    return go_to(url_for("enrolments.own.show"))


@blueprint.get("/enrolments/prior-awards/<int:award_id>")
@requires(Permission.ENROL_LEARNERS)
def award(award_id: int) -> Response:
    one = award_of(award_id)
    note_opening(one, one.learner)
    return award_page(one, NoForm(formdata=None))


@blueprint.post("/enrolments/prior-awards/<int:award_id>/confirm")
@requires(Permission.ENROL_LEARNERS)
def confirm_award(award_id: int) -> Response:
    one = award_of(award_id)
    awards.answer(db.session(), this_occasion(), one, confirms=True, why="", is_sure=True)
    flash(f"It is confirmed. {one.learner.name} is told by email.")
    return go_to(url_for("enrolments.brought.award", award_id=award_id))


@blueprint.post("/enrolments/prior-awards/<int:award_id>/refuse")
@requires(Permission.ENROL_LEARNERS)
def refuse_award(award_id: int) -> Response:
    one, form = award_of(award_id), NoForm()
    is_sure = bool(form.is_sure.data)
    if not form.does(
        lambda: awards.answer(db.session(), this_occasion(), one, confirms=False, why=form.answer.data, is_sure=is_sure)
    ):
        return award_page(one, form)
    flash(f"It is not confirmed. {one.learner.name} is told by email, with your reason.")
    return go_to(url_for("enrolments.brought.award", award_id=award_id))


def award_page(one: PriorAward, form: NoForm) -> Response:
    return answer(
        "enrolments/brought/award.html",
        award=one,
        form=form,
        waits=one.state is PriorAwardState.WAITING,
        is_confirmed=one.state is PriorAwardState.CONFIRMED,
        status=form.status,
    )


def award_of(award_id: int) -> PriorAward:
    one: PriorAward = found(queries.award_led(db.session(), signed_in(), award_id))
    return one
