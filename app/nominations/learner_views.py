"""Pages on which a learner names her own supervisor, and sees what becomes of it."""

from flask import Response, request, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.organisations import Network, Organisation
from app.models.pairs.nominations import Nomination, NominationState
from app.models.studies import Study
from app.models.values.identifiers import Scheme
from app.nominations import queries, service
from app.nominations.base_views import blueprint
from app.nominations.forms import NominationForm, OtherStudyForm
from app.nominations.jobs import answer_address
from app.nominations.limits import refuse_to_ask_again
from app.platform.clock import now
from app.platform.db import db
from app.platform.lifecycle import story_of
from app.rules.of_learners.modules import rpe_modules_of
from app.rules.search import FOUND_MAX, is_enough, studies_like
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.security import limit_deeds


@blueprint.get("/my-supervisor")
@requires(Permission.REQUEST_PLACEMENT)
def mine() -> Response:
    return answer("nominations/mine.html", nominations=queries.nominations_of(db.session(), signed_in()))


@blueprint.get("/my-supervisor/new")
@requires(Permission.REQUEST_PLACEMENT)
def choose_study() -> Response:
    """Find the study by typing, or go on with one that is not listed here."""
    typed, study_id = words_asked(), id_asked("study")
    if study_id is not None and "go" in request.args:
        return go_to(url_for("nominations.new", study_id=study_id))
    studies = studies_like(db.session(), typed)
    return answer(
        "nominations/choose_study.html",
        "components/_found_studies.html",
        announce=f"{count(len(studies[:FOUND_MAX]), 'study', 'studies')} shown",
        q=typed,
        studies=studies[:FOUND_MAX],
        has_more=len(studies) > FOUND_MAX,
        is_enough=is_enough(typed),
        is_unanswered="go" in request.args,
        modules=rpe_modules_of(db.session(), signed_in()),
    )


@blueprint.get("/my-supervisor/new/<int:study_id>")
@requires(Permission.REQUEST_PLACEMENT)
def new(study_id: int) -> Response:
    return form_page(offered(NominationForm()), study_at(study_id))


@blueprint.post("/my-supervisor/new/<int:study_id>")
@requires(Permission.REQUEST_PLACEMENT)
@limit_deeds("20 per day", lambda: f"nominations of {signed_in().id}")
def nominate(study_id: int) -> Response:
    return take(offered(NominationForm()), study_at(study_id))


@blueprint.get("/my-supervisor/new/other")
@requires(Permission.REQUEST_PLACEMENT)
def new_other() -> Response:
    return form_page(offered(OtherStudyForm()), None)


@blueprint.post("/my-supervisor/new/other")
@requires(Permission.REQUEST_PLACEMENT)
@limit_deeds("20 per day", lambda: f"nominations of {signed_in().id}")
def nominate_other() -> Response:
    return take(offered(OtherStudyForm()), None)


def take(form: NominationForm, study: Study | None) -> Response:
    form.look_up(db.session())
    if "find" not in request.form and form.validate():
        try:
            nomination = service.nominate(
                db.session(),
                signed_in(),
                answers_of(form, study),
                answer_address,
                is_sure=form.is_sure.data,
                occasion=this_occasion(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"We have written to {nomination.name}. You hear from us when there is an answer.")
            return go_to(url_for("nominations.show", nomination_id=nomination.id))
    return form_page(form, study)


def offered(form: NominationForm) -> NominationForm:
    form.offer(rpe_modules_of(db.session(), signed_in()), queries.networks(db.session()))
    return form


def form_page(form: NominationForm, study: Study | None) -> Response:
    return answer("nominations/nominate.html", form=form, study=study, status=form.status)


def answers_of(form: NominationForm, study: Study | None) -> service.NominationAnswers:
    """What a valid form says; raises Refused when organisation or network are not clear."""
    organisation = form.chosen(db.session())
    other = form if isinstance(form, OtherStudyForm) else None
    modules = rpe_modules_of(db.session(), signed_in())
    return service.NominationAnswers(
        module=next(one for one in modules if str(one.id) == form.module.data),
        name=form.name.data or "",
        email=form.email.data or "",
        job_title=form.job_title.data or "",
        study=study,
        study_title=(other.study_title.data or "") if other else "",
        scheme=Scheme[other.scheme.data] if other else None,
        number=(other.number.data or "") if other else "",
        organisation=organisation,
        network=network_of(form, organisation),
        starts_on=form.starts_on.given,
        ends_on=form.ends_on.given,
    )


def network_of(form: NominationForm, organisation: Organisation) -> Network:
    """The network that was chosen, or that of the organisation."""
    if form.network.data:
        return next(one for one in queries.networks(db.session()) if str(one.id) == form.network.data)
    if organisation.network is None:
        raise Refused(f"We do not know the network of {organisation.name}. Choose it here", "network")
    return organisation.network


def study_at(study_id: int) -> Study:
    """A study that can take learners, or 404."""
    study: Study = found(db.session().get(Study, study_id))
    return study


@blueprint.get("/my-supervisor/<int:nomination_id>")
@requires(Permission.REQUEST_PLACEMENT)
def show(nomination_id: int) -> Response:
    nomination = own_nomination(nomination_id)
    return answer(
        "nominations/nomination.html",
        nomination=nomination,
        story=story_of(db.session(), nomination),
        placement=queries.placement_of(db.session(), nomination),
        not_again=why_not_again(nomination),
    )


def why_not_again(nomination: Nomination) -> str:
    """Why the mail cannot be sent again now; empty when it can, or is of no use any more."""
    if nomination.state is not NominationState.PROPOSED:
        return ""
    try:
        refuse_to_ask_again(nomination, now())
    except Refused as refusal:
        return refusal.message
    return ""


@blueprint.post("/my-supervisor/<int:nomination_id>/ask-again")
@requires(Permission.REQUEST_PLACEMENT)
def ask_again(nomination_id: int) -> Response:
    nomination = own_nomination(nomination_id, to_change=True)
    service.ask_again(db.session(), signed_in(), nomination, answer_address, this_occasion())
    flash(f"We have written to {nomination.name} again. Only the newest mail counts.")
    return go_to(url_for("nominations.show", nomination_id=nomination_id))


@blueprint.get("/my-supervisor/<int:nomination_id>/withdraw")
@requires(Permission.REQUEST_PLACEMENT)
def ask_to_withdraw(nomination_id: int) -> Response:
    nomination = own_nomination(nomination_id)
    if not nomination.state.is_open:
        return go_to(url_for("nominations.show", nomination_id=nomination_id))
    return answer("nominations/withdraw.html", nomination=nomination)


@blueprint.post("/my-supervisor/<int:nomination_id>/withdraw")
@requires(Permission.REQUEST_PLACEMENT)
def withdraw(nomination_id: int) -> Response:
    nomination = own_nomination(nomination_id, to_change=True)
    service.withdraw(db.session(), signed_in(), nomination, this_occasion())
    flash(f"That is taken back, and {nomination.name} was told. You can name somebody else, or ask for a place.")
    return go_to(url_for("nominations.show", nomination_id=nomination_id))


def own_nomination(nomination_id: int, to_change: bool = False) -> Nomination:
    loaded: Nomination = found(queries.nomination_of_learner(db.session(), signed_in(), nomination_id, to_change))
    return loaded
