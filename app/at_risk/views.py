"""Pages of the list of who is at risk, on which a reason is put aside and had back."""

from dataclasses import replace

from flask import Blueprint, Response, request, url_for

from app.at_risk import queries, service, unplaced, unplaced_views
from app.at_risk.forms import AcknowledgeForm
from app.at_risk.rows import late_rows, row_of
from app.language.numbers import count
from app.models.placements import Placement
from app.phrasebook.risks import SHORT, risk_in_words
from app.platform.clock import today
from app.platform.db import db
from app.rules.course.acknowledged import acknowledged_of, kinds_apart
from app.rules.course.courses import risks_by_placement
from app.rules.course.risks import Risk
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.paging import page_of_rows

blueprint = Blueprint("at_risk", __name__)
blueprint.register_blueprint(unplaced_views.blueprint)


@blueprint.get("/at-risk")
@requires(Permission.SEE_RISKS)
def index() -> Response:
    session, reader, day, filters = db.session(), signed_in(), today(), filters_asked()
    needing, aside = kinds_apart(session, day, queries.is_watched_by(reader))
    page = page_of_rows(queries.ids_in_order(session, aside if filters.aside else needing, filters), page_asked())
    wanted = Placement.id.in_(page.rows)
    risks, known = risks_by_placement(session, day, wanted), acknowledged_of(session, day, wanted)
    enrolments = queries.enrolment_ids(session, reader, page.rows)
    rows = [
        row_of(one, risks.get(one.id, ()), known.get(one.id, {}), reader, enrolments.get(one.id), day)
        for one in queries.placements_with_ids(session, reader, page.rows)
    ]
    late, number_late = queries.late_dissertations(session, reader, day, filters)
    return answer(
        "at_risk/index.html",
        "at_risk/_rows.html",
        announce=f"{count(page.total, 'placement')}, {count(number_late, 'dissertation')}",
        page=replace(page, rows=rows),
        filters=filters,
        number=len(needing),
        number_aside=len(aside),
        late=late_rows(late, day),
        number_late=number_late,
        number_unplaced=unplaced_views.number_listed(unplaced.Filters()),
        kinds={**{risk.name: words for risk, words in SHORT.items()}, queries.LATE: "Dissertation late"},
    )


@blueprint.get("/at-risk/<int:placement_id>/<risk>")
@requires(Permission.SEE_RISKS)
def ask(placement_id: int, risk: str) -> Response:
    return reason_page(AcknowledgeForm(formdata=None), watched(placement_id), risk_named(risk))


@blueprint.post("/at-risk/<int:placement_id>/<risk>")
@requires(Permission.SEE_RISKS)
def acknowledge(placement_id: int, risk: str) -> Response:
    placement, form = watched(placement_id), AcknowledgeForm()
    if not form.does(lambda: acknowledge_as_said(form, placement, risk_named(risk))):
        return reason_page(form, placement, risk_named(risk))
    flash(f"It is put aside until {form.until_on.in_words}, or until it gets worse. All who watch see what you wrote.")
    return go_to(url_for("at_risk.index"))


def acknowledge_as_said(form: AcknowledgeForm, placement: Placement, risk: Risk) -> None:
    until, words, is_sure = form.until_on.given, form.words.data, bool(form.is_sure.data)
    service.acknowledge(db.session(), this_occasion(), placement, risk, until, words, is_sure=is_sure)


@blueprint.post("/at-risk/<int:placement_id>/<risk>/back")
@requires(Permission.SEE_RISKS)
def have_back(placement_id: int, risk: str) -> Response:
    service.have_back(db.session(), this_occasion(), watched(placement_id), risk_named(risk))
    flash("It stands on the list again.")
    return go_to(url_for("at_risk.index"))


def reason_page(form: AcknowledgeForm, placement: Placement, risk: Risk) -> Response:
    """The reason as it is today; where it is gone, the list says so."""
    reason = service.reason_of(db.session(), placement, risk, today())
    if reason is None:
        flash(f"{SHORT[risk]}: {placement.learner.name} is not at risk for that any more.")
        return go_to(url_for("at_risk.index"))
    return answer(
        "at_risk/acknowledge.html",
        status=form.status,
        form=form,
        placement=placement,
        risk=risk,
        sentence=risk_in_words(reason, today()),
    )


def watched(placement_id: int) -> Placement:
    placement: Placement = found(queries.placement_watched(db.session(), signed_in(), placement_id))
    return placement


def risk_named(name: str) -> Risk:
    risk: Risk = found(Risk.__members__.get(name))
    return risk


def filters_asked() -> queries.Filters:
    return queries.Filters(words_asked(), request.args.get("risk", ""), bool(request.args.get("aside")))
