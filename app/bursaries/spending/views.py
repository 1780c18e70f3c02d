"""Pages on which a holder, or whoever runs the call, notes what was spent; and the return of a call."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, url_for
from sqlalchemy.orm import Session

from app.bursaries.base_views import application_run, call_run, own_application
from app.bursaries.spending import queries, service
from app.bursaries.spending.forms import SpendingForm, TakeOutForm
from app.language.money import PENCE_A_POUND
from app.models.bursaries.applications import BursaryApplication
from app.models.bursaries.spending import Spending, SpentOn
from app.platform.db import db
from app.web.access import Permission, found, requires
from app.web.deeds.messages import flash
from app.web.delivery.files import csv_file
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.paging import in_parts, page_of
from app.web.spreadsheet import Cell

blueprint = Blueprint("spending", __name__)
HEADINGS = ("Application", "Holder", "University", "Day", "Spent on", "What it was for", "Pounds", "Noted by", "Row")


@blueprint.get("/bursary-applications/<int:application_id>/spending")
@requires(Permission.APPLY_FOR_BURSARY)
def own(application_id: int) -> Response:
    return own_page(own_application(application_id), SpendingForm(formdata=None))


@blueprint.post("/bursary-applications/<int:application_id>/spending")
@requires(Permission.APPLY_FOR_BURSARY)
def note_own(application_id: int) -> Response:
    application, form = own_application(application_id, to_change=True), SpendingForm()
    if form.does(lambda: note_as_said(application, form)):
        flash("It is noted. Whoever runs the call sees it in the return.")
        return go_to(url_for("bursaries.spending.own", application_id=application_id))
    return own_page(application, form)


def own_page(application: BursaryApplication, form: SpendingForm) -> Response:
    return spending_page(
        application,
        form,
        back_to=url_for("bursaries.applying.show", application_id=application.id),
        note_at=url_for("bursaries.spending.note_own", application_id=application.id),
        take_out_at=lambda one: url_for(
            "bursaries.spending.ask_take_out_own", application_id=application.id, spending_id=one.id
        ),
    )


@blueprint.get("/bursary-applications/<int:application_id>/spending/<int:spending_id>/take-out")
@requires(Permission.APPLY_FOR_BURSARY)
def ask_take_out_own(application_id: int, spending_id: int) -> Response:
    application = own_application(application_id)
    spending = one_of(application, spending_id)
    return take_out_page(spending, TakeOutForm(formdata=None), own_address(application_id))


@blueprint.post("/bursary-applications/<int:application_id>/spending/<int:spending_id>/take-out")
@requires(Permission.APPLY_FOR_BURSARY)
def take_out_own(application_id: int, spending_id: int) -> Response:
    application = own_application(application_id, to_change=True)
    return taken_out(one_of(application, spending_id), own_address(application_id))


def own_address(application_id: int) -> str:
    return url_for("bursaries.spending.own", application_id=application_id)


@blueprint.get("/bursary-calls/<int:call_id>/applications/<int:application_id>/spending")
@requires(Permission.RUN_BURSARIES)
def of_holder(call_id: int, application_id: int) -> Response:
    return holder_page(application_run(call_id, application_id)[1], SpendingForm(formdata=None))


@blueprint.post("/bursary-calls/<int:call_id>/applications/<int:application_id>/spending")
@requires(Permission.RUN_BURSARIES)
def note(call_id: int, application_id: int) -> Response:
    _, application = application_run(call_id, application_id, to_change=True)
    form = SpendingForm()
    if form.does(lambda: note_as_said(application, form)):
        flash(f"It is noted. {application.learner.name} sees it with the bursary.")
        return go_to(holder_address(application))
    return holder_page(application, form)


def holder_page(application: BursaryApplication, form: SpendingForm) -> Response:
    call_id, application_id = application.call_id, application.id
    return spending_page(
        application,
        form,
        back_to=url_for("bursaries.outcome.show", call_id=call_id, application_id=application_id),
        note_at=url_for("bursaries.spending.note", call_id=call_id, application_id=application_id),
        take_out_at=lambda one: url_for(
            "bursaries.spending.ask_take_out", call_id=call_id, application_id=application_id, spending_id=one.id
        ),
    )


@blueprint.get("/bursary-calls/<int:call_id>/applications/<int:application_id>/spending/<int:spending_id>/take-out")
@requires(Permission.RUN_BURSARIES)
def ask_take_out(call_id: int, application_id: int, spending_id: int) -> Response:
    _, application = application_run(call_id, application_id)
    return take_out_page(one_of(application, spending_id), TakeOutForm(formdata=None), holder_address(application))


@blueprint.post("/bursary-calls/<int:call_id>/applications/<int:application_id>/spending/<int:spending_id>/take-out")
@requires(Permission.RUN_BURSARIES)
def take_out(call_id: int, application_id: int, spending_id: int) -> Response:
    _, application = application_run(call_id, application_id, to_change=True)
    return taken_out(one_of(application, spending_id), holder_address(application))


def holder_address(application: BursaryApplication) -> str:
    return url_for("bursaries.spending.of_holder", call_id=application.call_id, application_id=application.id)


def one_of(application: BursaryApplication, spending_id: int) -> Spending:
    spending: Spending = found(queries.one_spending(db.session(), application, spending_id))
    return spending


def note_as_said(application: BursaryApplication, form: SpendingForm) -> None:
    spent = service.Spent(form.spent_on.given, SpentOn[form.kind.data], form.sum.data or 0, form.words.data)
    service.note_spending(db.session(), this_occasion(), application, spent, is_sure=bool(form.is_sure.data))


def spending_page(application: BursaryApplication, form: SpendingForm, **addresses: Any) -> Response:
    spent = queries.pence_spent(db.session(), application)
    amount = application.call.amount_pence
    return answer(
        "bursaries/spending/of_one.html",
        status=form.status,
        application=application,
        call=application.call,
        form=form,
        rows=queries.spending_of(db.session(), application),
        spent=spent,
        left=None if amount is None else amount - spent,
        is_held=application.state in queries.HELD,
        handed_back_on=queries.handed_back_on(db.session(), application),
        **addresses,
    )


def taken_out(spending: Spending, back_to: str) -> Response:
    form = TakeOutForm()

    def deed() -> None:
        service.take_out(db.session(), this_occasion(), spending, form.why.data, is_sure=bool(form.is_sure.data))

    if form.does(deed):
        flash("It is taken out, and counts no longer. It stays on record with your reason.")
        return go_to(back_to)
    return take_out_page(spending, form, back_to)


def take_out_page(spending: Spending, form: TakeOutForm, back_to: str) -> Response:
    return answer("bursaries/spending/take_out.html", status=form.status, spending=spending, form=form, back_to=back_to)


@blueprint.get("/bursary-calls/<int:call_id>/return")
@requires(Permission.RUN_BURSARIES)
def show_return(call_id: int) -> Response:
    """What was spent of a call: by what it was for, and by holder, whose rows are one link away."""
    call, session = call_run(call_id), db.session()
    page = page_of(session, queries.holders_listed(call), page_asked())
    spent = queries.spent_by(session, [one.id for one in page.rows])
    return answer(
        "bursaries/spending/return.html",
        call=call,
        totals=queries.totals_of(session, call),
        page=replace(page, rows=[(one, spent.get(one.id, 0)) for one in page.rows]),
    )


@blueprint.get("/bursary-calls/<int:call_id>/return.csv")
@requires(Permission.RUN_BURSARIES)
def download(call_id: int) -> Response:
    call = call_run(call_id)
    ids = queries.spending_ids(db.session(), call)
    return csv_file(f"bursaries-{call.id}.csv", HEADINGS, lambda apart: lines_of(apart, ids))


def lines_of(session: Session, ids: Sequence[int]) -> Iterator[Sequence[Cell]]:
    """One line for each sum that counts, some hundred loaded at a time."""
    for some in in_parts(ids):
        yield from map(line_of, queries.spending_with(session, some))
        session.expunge_all()


def line_of(spending: Spending) -> list[Cell]:
    application = spending.application
    return [
        application.reference,
        application.learner.name,
        application.programme.provider.name if application.programme else "",
        spending.spent_on.isoformat(),
        spending.kind.value,
        spending.words,
        spending.pence / PENCE_A_POUND,
        spending.noted_by.name,
        spending.id,
    ]
