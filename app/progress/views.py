"""Pages on which a university sees its learners' progress and records credit."""

from flask import Blueprint, Response, make_response, request, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.people import Person
from app.models.programmes import Enrolment
from app.platform.clock import now, today
from app.platform.db import db
from app.progress import service
from app.progress.credit import counting
from app.progress.download import learners_csv
from app.progress.forms import EARNED, CreditForm
from app.progress.home import home_items_of
from app.progress.queries import enrolment_decided_by, enrolment_seen_by, names_of
from app.progress.standing import LearnerStanding, chosen, standings_of, standings_seen_by
from app.rules.record_totals import summaries, workplace_of
from app.rules.timeline import records_in_time, workplace_steps
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.paging import page_of_rows
from app.web.workplace_picture import picture_of

blueprint = Blueprint("progress", __name__)
HOME_SOURCES = (home_items_of,)


@blueprint.get("/progress")
@requires(Permission.SEE_PROGRESS)
def learners() -> Response:
    everybody = standings_seen_by(db.session(), signed_in(), today())
    page = page_of_rows(asked_for(everybody), request.args.get("page", 1, type=int))
    return answer(
        "progress/learners.html",
        "progress/_learners.html",
        announce=count(page.total, "learner"),
        page=page,
        programmes=sorted({one.enrolment.programme for one in everybody}, key=lambda programme: programme.title),
        at_risk=sum(bool(one.risks) for one in everybody),
        chosen=asked(),
        today=today(),
    )


@blueprint.get("/progress.csv")
@requires(Permission.SEE_PROGRESS)
def download() -> Response:
    rows = asked_for(standings_seen_by(db.session(), signed_in(), today()))
    response = make_response(learners_csv(rows, today()))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="learners-{today().isoformat()}.csv"'
    return response


def asked() -> dict[str, str]:
    """The filters that the address names."""
    return {name: request.args[name] for name in ("q", "programme", "risk") if request.args.get(name)}


def asked_for(standings: list[LearnerStanding]) -> list[LearnerStanding]:
    programme_id = request.args.get("programme", type=int)
    return chosen(standings, request.args.get("q", "").strip(), programme_id, bool(request.args.get("risk")))


@blueprint.get("/progress/<int:enrolment_id>")
@requires(Permission.SEE_PROGRESS)
def show(enrolment_id: int) -> Response:
    enrolled: tuple[Enrolment, Person] = found(enrolment_seen_by(db.session(), signed_in(), enrolment_id))
    standing = standings_of(db.session(), [enrolled], today())[0]
    sums = summaries(db.session(), [placement.id for placement in standing.placements])
    records = records_in_time(db.session(), standing.placements)
    workplaces = {one.id: workplace_of(one, sums[one.id]) for one in standing.placements}
    return answer(
        "progress/learner.html",
        standing=standing,
        decisions=counting(standing.enrolment.decisions),
        deciders=names_of(db.session(), (one.decided_by_id for one in standing.enrolment.decisions)),
        sums=sums,
        moments=records,
        pictures={
            id_: picture_of(
                workplace, workplace_steps(moment.entry for moment in records[id_] if moment.entry), today()
            )
            for id_, workplace in workplaces.items()
        },
        may_decide=enrolment_decided_by(db.session(), signed_in(), enrolment_id) is not None,
        today=today(),
    )


@blueprint.get("/progress/<int:enrolment_id>/credit")
@requires(Permission.DECIDE_CREDIT)
def ask_credit(enrolment_id: int) -> Response:
    enrolment, learner = found(enrolment_decided_by(db.session(), signed_in(), enrolment_id))
    form = CreditForm(formdata=None, decided_on=today())
    form.offer_modules(enrolment.programme.modules)
    return answer("progress/credit.html", form=form, enrolment=enrolment, learner=learner)


@blueprint.post("/progress/<int:enrolment_id>/credit")
@requires(Permission.DECIDE_CREDIT)
def decide(enrolment_id: int) -> Response:
    enrolment, learner = found(enrolment_decided_by(db.session(), signed_in(), enrolment_id))
    form = CreditForm()
    form.offer_modules(enrolment.programme.modules)
    if form.validate() and save(form, enrolment, learner):
        flash(f"The decision is recorded, and {learner.name} has been told.")
        return go_to(url_for("progress.show", enrolment_id=enrolment.id))
    return answer("progress/credit.html", status=form.status, form=form, enrolment=enrolment, learner=learner)


def save(form: CreditForm, enrolment: Enrolment, learner: Person) -> bool:
    """Record what the form says; False, with the reason on the form, when a rule refuses it."""
    module = next(module for module in enrolment.programme.modules if str(module.id) == form.module.data)
    try:
        service.decide_credit(
            db.session(),
            signed_in(),
            enrolment,
            learner,
            module,
            is_earned=form.outcome.data == EARNED,
            decided_on=form.decided_on.given,
            now=now(),
            today=today(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True
