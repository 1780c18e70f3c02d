"""Pages on which a learner begins her dissertation, writes what she proposes, and sends it."""

from flask import Response, request, url_for

from app.dissertations import queries, service
from app.dissertations.base_views import OF_ONE, back_to, blueprint, own, page_of
from app.dissertations.forms import ProposalForm, proposal_form
from app.dissertations.standing import can_write
from app.language.numbers import count
from app.models.academic.dissertations import Dissertation
from app.models.studies import Study
from app.platform.clock import today
from app.platform.db import db
from app.rules.search import FOUND_MAX, is_enough, studies_like
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_asked, id_in
from app.web.edge.searching import words_asked
from app.web.fields import Form
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/my-dissertation")
@requires(Permission.WRITE_DISSERTATION)
def mine() -> Response:
    """Hers; or the way to begin it, where her programme has one."""
    return answer(
        "dissertations/mine.html",
        dissertations=queries.own(db.session(), signed_in()),
        to_begin=queries.can_begin(db.session(), signed_in(), today()),
    )


@blueprint.post("/my-dissertation/<int:enrolment_id>")
@requires(Permission.WRITE_DISSERTATION)
def begin(enrolment_id: int) -> Response:
    there = next((one for one in queries.own(db.session(), signed_in()) if one.enrolment_id == enrolment_id), None)
    if there is not None:
        return back_to(there)
    by_id = {one[0].id: one for one in queries.can_begin(db.session(), signed_in(), today())}
    enrolment, module = found(by_id.get(enrolment_id))
    dissertation = service.begin(db.session(), this_occasion(), enrolment, module)
    flash("Your dissertation is begun. Write what you propose; only you read it until you send it.")
    return back_to(dissertation)


@blueprint.get(f"{OF_ONE}/proposal")
@requires(Permission.WRITE_DISSERTATION)
def ask_proposal(dissertation_id: int) -> Response:
    dissertation, _ = own(dissertation_id)
    if not can_write(dissertation, today()):
        return back_to(dissertation)
    form = proposal_form(dissertation)
    form.made_from.data = form.carried  # of what is there, also where another study was found since
    chosen = id_asked("study")
    if chosen is not None:
        form.study.data = str(chosen)
    return proposal_page(form, dissertation)


@blueprint.post(f"{OF_ONE}/proposal")
@requires(Permission.WRITE_DISSERTATION)
def write(dissertation_id: int) -> Response:
    dissertation, _ = own(dissertation_id, to_change=True)
    form = ProposalForm()
    is_as_seen = form.validate() and form.rests_on(proposal_form(dissertation), dissertation)
    if is_as_seen and form.does(lambda: write_as_said(form, dissertation)):
        flash("What you propose is kept. Nobody else reads it before you send it.")
        return back_to(dissertation)
    return proposal_page(form, dissertation)


def write_as_said(form: ProposalForm, dissertation: Dissertation) -> None:
    written = form.written(study_named(form))
    service.write(db.session(), this_occasion(), dissertation, written, is_sure=bool(form.is_sure.data))


def study_named(form: ProposalForm) -> Study | None:
    study_id = id_in(form.study.data or "")
    return db.session().get(Study, study_id) if study_id and "no_study" not in request.form else None


def proposal_page(form: ProposalForm, dissertation: Dissertation) -> Response:
    return answer(
        "dissertations/proposal.html",
        status=form.status,
        form=form,
        dissertation=dissertation,
        study=study_named(form),
    )


@blueprint.get(f"{OF_ONE}/study")
@requires(Permission.WRITE_DISSERTATION)
def choose_study(dissertation_id: int) -> Response:
    """Find the study in which it is rooted, by typing."""
    dissertation, _ = own(dissertation_id)
    typed, study_id = words_asked(), id_asked("study")
    if study_id is not None and "go" in request.args:
        return go_to(url_for("dissertations.ask_proposal", dissertation_id=dissertation.id, study=study_id))
    studies = studies_like(db.session(), typed)
    return answer(
        "dissertations/choose_study.html",
        "components/_found_studies.html",
        announce=f"{count(len(studies[:FOUND_MAX]), 'study', 'studies')} shown",
        dissertation=dissertation,
        q=typed,
        studies=studies[:FOUND_MAX],
        has_more=len(studies) > FOUND_MAX,
        is_enough=is_enough(typed),
        is_unanswered="go" in request.args,
    )


@blueprint.post(f"{OF_ONE}/send")
@requires(Permission.WRITE_DISSERTATION)
def send(dissertation_id: int) -> Response:
    dissertation, learner = own(dissertation_id, to_change=True)
    form = Form()
    if not form.does(lambda: service.send(db.session(), this_occasion(), dissertation)):
        return page_of(dissertation, learner, form=form)
    flash("Your proposal is sent. You get an email when your academic supervisor has answered.")
    return back_to(dissertation)


@blueprint.post(f"{OF_ONE}/take-back")
@requires(Permission.WRITE_DISSERTATION)
def take_back(dissertation_id: int) -> Response:
    dissertation, _ = own(dissertation_id, to_change=True)
    service.take_back(db.session(), this_occasion(), dissertation)
    flash("Your proposal is yours again. Change it, then send it.")
    return back_to(dissertation)
