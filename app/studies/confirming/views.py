"""The page on which a mentor confirms her openings: signed in, or by the link of a mail without an account."""

from flask import Response, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.people import Person, Role
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.links import NO_LONGER_GOOD, link_behind
from app.platform.occasion import Occasion
from app.studies.base_views import blueprint
from app.studies.confirming.forms import ConfirmForm
from app.studies.confirming.queries import openings_to_confirm
from app.studies.confirming.service import PURPOSE, confirm_openings
from app.web.access import Permission, open_to_all, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.security import limit_guesses


@blueprint.get("/openings/confirm")
@requires(Permission.OFFER_OPENINGS)
def ask_to_confirm() -> Response:
    return page(signed_in(), form_for(signed_in()))


@blueprint.post("/openings/confirm")
@requires(Permission.OFFER_OPENINGS)
def confirm() -> Response:
    form = form_for(signed_in())
    if not form.validate():
        return page(signed_in(), form)
    confirmed, paused = confirm_openings(
        db.session(), signed_in(), form.paused.data or (), this_occasion(), by_link=False
    )
    flash(said(confirmed, paused))
    return go_to(url_for("studies.openings"))


@blueprint.get("/confirm-openings/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def ask_by_link(secret: str) -> Response:
    """Shows what there is and changes nothing: programs that look at links in mails confirm nothing."""
    mentor = mentor_behind(secret)
    return page(mentor, form_for(mentor))


@blueprint.post("/confirm-openings/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def confirm_by_link(secret: str) -> Response:
    mentor = mentor_behind(secret, for_update=True)
    form = form_for(mentor)
    if not form.validate():
        return page(mentor, form)
    occasion = Occasion(mentor, today(), now(), full_address("home.show"))
    confirmed, paused = confirm_openings(db.session(), mentor, form.paused.data or (), occasion, by_link=True)
    return answer("studies/confirming/confirmed.html", said=said(confirmed, paused))


def mentor_behind(secret: str, *, for_update: bool = False) -> Person:
    """Whose openings a link opens; refused once it was used, or is too old, and to whoever is no mentor any more."""
    link = link_behind(db.session(), secret, PURPOSE, now(), for_update=for_update)
    mentor = db.session().get_one(Person, link.subject_id)
    if not mentor.takes_part_as(Role.MENTOR):
        raise Refused(NO_LONGER_GOOD)
    return mentor


def form_for(mentor: Person) -> ConfirmForm:
    form = ConfirmForm()
    openings = openings_to_confirm(db.session(), mentor)
    form.paused.choices = [(one.id, one.study.name) for one in openings]
    return form


def page(mentor: Person, form: ConfirmForm) -> Response:
    openings = openings_to_confirm(db.session(), mentor)
    return answer("studies/confirming/confirm.html", mentor=mentor, openings=openings, form=form, status=form.status)


def said(confirmed: int, paused: int) -> str:
    """What was done, and what follows."""
    are_confirmed = f"{count(confirmed, 'opening is', 'openings are')} confirmed."
    if not paused:
        return f"{are_confirmed} Learners and coordinators see that you said so today."
    are_paused = f"{count(paused, 'opening is', 'openings are')} paused: learners cannot see what is paused."
    return f"{are_confirmed} {are_paused} You can resume or change it on its page."
