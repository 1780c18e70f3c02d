"""What a mentor has given, as a page to print and as a file to keep."""

from pathlib import Path

from flask import Blueprint, Response, current_app, request

from app.config import Settings
from app.platform.clock import now, today
from app.platform.db import db
from app.supervision.contribution.figures import Period, contribution_of, given_between, learners_in
from app.supervision.contribution.paper import paper_of
from app.supervision.queries import placements_of_mentor
from app.web.access import Permission, requires, signed_in
from app.web.delivery.files import file_to_keep
from app.web.edge.period_form import PeriodForm
from app.web.htmx import answer

blueprint = Blueprint("contribution", __name__)


@blueprint.get("/my-contribution")
@requires(Permission.SEE_LEARNERS)
def show() -> Response:
    form = period_form()
    is_asked, is_good = any(name.startswith(("first-", "last-")) for name in request.args), form.validate()
    return page_of(form if is_asked else PeriodForm(formdata=None), period_in(form) if is_good else None)


def page_of(form: PeriodForm, period: Period | None) -> Response:
    placements = placements_of_mentor(db.session(), signed_in())
    begun = [one for one in placements if one.has_begun_on(today())]
    return answer(
        "supervision/contribution/contribution.html",
        status=form.status,
        form=form,
        period=period,
        years=contribution_of(db.session(), signed_in(), placements, today()),
        learners=len(learners_in(begun)),
        studies=len({one.opening.study_id for one in begun}),
        organisations=len({one.opening.organisation_id for one in begun}),
        person=signed_in(),
        today=today(),
        asked=request.args if period else {},
    )


@blueprint.get("/my-contribution.pdf")
@requires(Permission.SEE_LEARNERS)
def file() -> Response:
    """Of the period in the address, or of all years."""
    from app.web.delivery.pdf_pages import pdf_of  # it brings what draws letters, which no other page needs

    form, mentor, settings = period_form(), signed_in(), settings_here()
    period = period_in(form) if form.validate() else None
    years = contribution_of(db.session(), mentor, placements_of_mentor(db.session(), mentor), today())
    paper = paper_of(mentor, years, period, today())
    instead = "Print the page instead."
    made = pdf_of(paper, settings.service_name, now(), Path(settings.font_folder), instead)
    return file_to_keep([made], "my-contribution.pdf", "application/pdf")


def period_form() -> PeriodForm:
    return PeriodForm(formdata=request.args, meta={"csrf": False})


def period_in(form: PeriodForm) -> Period:
    mentor = signed_in()
    placements = placements_of_mentor(db.session(), mentor)
    return given_between(db.session(), mentor, placements, form.first.given, form.last.given, today())


def settings_here() -> Settings:
    settings: Settings = current_app.extensions["rpe_settings"]
    return settings
