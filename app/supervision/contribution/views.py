"""What a mentor has given, as a page to print and as a file to keep."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from app.config import Settings
from app.language.refusal import Refused
from app.models.meetings.feedback import RELEASED_TOGETHER
from app.models.operations.sealed_papers import SealedPaper
from app.models.people import Person
from app.platform.clock import now, today
from app.platform.db import db, short_write, writes_at_the_end
from app.platform.sealing.seal import sealed
from app.supervision.contribution.figures import Period, contribution_of, given_between, learners_in
from app.supervision.contribution.paper import paper_of
from app.supervision.contribution.sealing import keep_paper, paper_of_person, papers_of
from app.supervision.feedback.queries import said_of
from app.supervision.feedback.words import ANSWERS, QUESTIONS
from app.supervision.queries import placements_of_mentor
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.delivery.files import file_to_keep
from app.web.delivery.sealing import key_of_service
from app.web.forms.period import PeriodForm
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

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
        said=said_of(db.session(), signed_in()),
        questions=QUESTIONS,
        answers=ANSWERS,
        together=RELEASED_TOGETHER,
        papers=papers_of(db.session(), signed_in()),
        today=today(),
        asked=request.args if period else {},
    )


@blueprint.get("/my-contribution.pdf")
@requires(Permission.SEE_LEARNERS)
def file() -> Response:
    """Of the period in the address, or of all years."""
    form = period_form()
    return file_to_keep([pdf_asked(form)], "my-contribution.pdf", "application/pdf")


def pdf_asked(form: PeriodForm, checked_at: str = "") -> bytes:
    """The file of the period in the address, or of all years."""
    from app.web.delivery.pdf_pages import pdf_of  # it brings what draws letters, which no other page needs

    mentor, settings = signed_in(), settings_here()
    period = period_in(form) if form.validate() else None
    years = contribution_of(db.session(), mentor, placements_of_mentor(db.session(), mentor), today())
    paper = paper_of(mentor, years, period, said_of(db.session(), mentor), today(), checked_at)
    return pdf_of(paper, settings.service_name, now(), Path(settings.font_folder), "Print the page instead.")


@blueprint.post("/my-contribution/signed")
@requires(Permission.SEE_LEARNERS)
@writes_at_the_end
def seal() -> Response:
    """Made and sealed before the lock is taken, in which its row is written."""
    form, mentor = period_form(), signed_in()
    checked_at = full_address("signed_records.public.ask")
    try:
        key = key_of_service()
        file = sealed(pdf_asked(form, checked_at), key, "Statement of supervision given", checked_at)
    except Refused as refusal:
        asked = period_form() if form.validate() else PeriodForm(formdata=None)
        asked.refuse(refusal)
        return page_of(asked, None)
    title = title_of(mentor, form)
    with short_write() as session:
        keep_paper(session, this_occasion(), title, key, file)
    flash("Your signed statement is made. Save it from the list below; it stays here for you.")
    values: dict[str, Any] = request.args.to_dict()
    return go_to(url_for("supervision.contribution.show", **values))


def title_of(mentor: Person, form: PeriodForm) -> str:
    if not form.validate():
        return f"Supervision given by {mentor.name}, all years"
    return f"Supervision given by {mentor.name}, {form.first.in_words} to {form.last.in_words}"


@blueprint.get("/my-contribution/signed/<int:sealed_paper_id>.pdf")
@requires(Permission.SEE_LEARNERS)
def signed_file(sealed_paper_id: int) -> Response:
    paper: SealedPaper = found(paper_of_person(db.session(), signed_in(), sealed_paper_id))
    return file_to_keep([paper.content], f"my-contribution-signed-{paper.id}.pdf", "application/pdf")


def period_form() -> PeriodForm:
    return PeriodForm(formdata=request.args, meta={"csrf": False})


def period_in(form: PeriodForm) -> Period:
    mentor = signed_in()
    placements = placements_of_mentor(db.session(), mentor)
    return given_between(db.session(), mentor, placements, form.first.given, form.last.given, today())


def settings_here() -> Settings:
    settings: Settings = current_app.extensions["rpe_settings"]
    return settings
