"""Pages that a mail opens without an account: one sign-off to read, and to confirm from records or return, once."""

from flask import Response, request

from app.language.refusal import Refused
from app.models.operations.parties import Outsider, Party
from app.models.people import Person
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.occasion import Occasion
from app.rules.sign_offs.standing import PlacementSignOff
from app.sign_offs import ending, service
from app.sign_offs.base_views import about_facts, blueprint
from app.sign_offs.forms import ConfirmForm, ReturnForm
from app.sign_offs.links import sign_off_behind
from app.web.access import open_to_all
from app.web.addresses import full_address
from app.web.htmx import answer
from app.web.security import limit_guesses

GUESSES = "30 per 15 minutes"
Opened = tuple[PlacementSignOff, Person | Outsider]


@blueprint.get("/confirm-sign-off/<secret>")
@open_to_all
@limit_guesses(GUESSES)
def ask_by_link(secret: str) -> Response:
    """Shows the record and changes nothing: programs that look at links in mails confirm nothing."""
    opened = opened_by(secret)
    return confirm_page(secret, opened, ConfirmForm(formdata=None)) if opened else over_page()


@blueprint.post("/confirm-sign-off/<secret>")
@open_to_all
@limit_guesses(GUESSES)
def confirm_by_link(secret: str) -> Response:
    opened, form = opened_by(secret), ConfirmForm()
    if opened is None:
        return over_page()
    latest, reader = opened
    words, seen = str(form.words.data or ""), request.form.get("seen", "")
    placement, is_sure = latest.sign_off.placement, bool(form.is_sure.data)
    if form.does(lambda: service.confirm(db.session(), occasion(), placement, reader, words, seen, is_sure=is_sure)):
        return answer("sign_offs/link_done.html", placement=placement, is_confirmed=True)
    return confirm_page(secret, opened, form)


@blueprint.get("/confirm-sign-off/<secret>/return")
@open_to_all
@limit_guesses(GUESSES)
def ask_return_by_link(secret: str) -> Response:
    opened = opened_by(secret)
    return return_page(secret, opened, ReturnForm(formdata=None)) if opened else over_page()


@blueprint.post("/confirm-sign-off/<secret>/return")
@open_to_all
@limit_guesses(GUESSES)
def return_by_link(secret: str) -> Response:
    opened, form = opened_by(secret), ReturnForm()
    if opened is None:
        return over_page()
    latest, reader = opened
    placement, is_sure = latest.sign_off.placement, bool(form.is_sure.data)
    party = Party.STUDY_TEAM
    if form.does(
        lambda: ending.give_back(db.session(), occasion(), placement, party, reader, form.parts, is_sure=is_sure)
    ):
        return answer("sign_offs/link_done.html", placement=placement, is_confirmed=False)
    return return_page(secret, opened, form)


def occasion() -> Occasion:
    """Nobody is signed in: who does it is whoever reads that mail."""
    return Occasion(None, today(), now(), full_address("home.show"))


def opened_by(secret: str) -> Opened | None:
    """The sign-off and who the reader is taken for; None where the link opens nothing any more."""
    try:
        return sign_off_behind(db.session(), secret, now())
    except Refused:
        return None


def confirm_page(secret: str, opened: Opened, form: ConfirmForm) -> Response:
    latest, reader = opened
    return answer(
        "sign_offs/link_confirm.html",
        status=form.status,
        secret=secret,
        latest=latest,
        placement=latest.sign_off.placement,
        reader=reader,
        form=form,
        seen=latest.digest,
        **about_facts(latest.sign_off.facts),
    )


def return_page(secret: str, opened: Opened, form: ReturnForm) -> Response:
    latest, reader = opened
    placement = latest.sign_off.placement
    return answer(
        "sign_offs/link_return.html",
        status=form.status,
        secret=secret,
        placement=placement,
        reader=reader,
        form=form,
    )


def over_page() -> Response:
    """That the link opens nothing any more, and what to do."""
    return answer("sign_offs/link_over.html", status=422)
