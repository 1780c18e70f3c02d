"""Pages of one's own account: where it is signed in, a new password, another address."""

from datetime import timedelta

from flask import Response, current_app, url_for
from flask_login import current_user

from app.config import Settings
from app.language.dates_and_times import length_in_words
from app.language.refusal import Refused
from app.models.course.deputies import DeputyState
from app.models.people import LinkPurpose
from app.platform.clock import now, today
from app.platform.db import db
from app.rules.course.deputies import open_deputies_by
from app.sign_in import account as deeds
from app.sign_in.about_service import about_service
from app.sign_in.base_views import blueprint
from app.sign_in.forms import AddressForm, ChangePasswordForm
from app.sign_in.service import good_link
from app.web.access import Permission, open_to_all, requires, signed_in
from app.web.addresses import new_email_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.security import limit_deeds, limit_guesses


def whose_password() -> str:
    """For limits: whoever found a computer signed in must not guess the password of its owner there."""
    return f"password of {signed_in().id}"


@blueprint.get("/account")
@requires(Permission.USE_OWN_ACCOUNT)
def account() -> Response:
    settings: Settings = current_app.extensions["rpe_settings"]
    since = now() - timedelta(hours=settings.session_hours)
    sign_ins = deeds.sign_ins_of(db.session(), signed_in(), since)
    named = open_deputies_by(db.session(), signed_in(), today())
    return answer(
        "sign_in/account.html",
        person=signed_in(),
        deputyships=[one for one in named if one.state is DeputyState.AGREED],
        sign_ins=sign_ins,
        this_one=current_user.sign_in.id,
    )


@blueprint.post("/account/sign-ins/<int:sign_in_id>/end")
@requires(Permission.USE_OWN_ACCOUNT)
def end_sign_in(sign_in_id: int) -> Response:
    """Whoever presses the button twice finds it signed out, as she wished."""
    sign_in = deeds.sign_in_of(db.session(), signed_in(), sign_in_id)
    if sign_in:
        deeds.end_elsewhere(db.session(), sign_in, now())
    flash(f"{sign_in.browser} is signed out." if sign_in else "It is signed out.")
    return go_to(url_for("sign_in.account"))


@blueprint.post("/account/sign-ins/end-others")
@requires(Permission.USE_OWN_ACCOUNT)
def end_other_sign_ins() -> Response:
    deeds.end_all_others(db.session(), current_user.sign_in, now())
    flash("You are signed out everywhere but here.")
    return go_to(url_for("sign_in.account"))


@blueprint.get("/account/password")
@requires(Permission.USE_OWN_ACCOUNT)
def ask_new_password() -> Response:
    return answer("sign_in/change_password.html", form=ChangePasswordForm())


@blueprint.post("/account/password")
@requires(Permission.USE_OWN_ACCOUNT)
@limit_guesses("10 per 15 minutes", whose_password)
def change_password() -> Response:
    form = ChangePasswordForm()
    if form.validate():
        old, new = form.current_password.data, form.password.data
        try:
            deeds.change_password(db.session(), current_user.sign_in, old, new, about_service(), now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Your new password is set, and you are signed out everywhere but here.")
            return go_to(url_for("sign_in.account"))
    return answer("sign_in/change_password.html", form=form, status=form.status)


@blueprint.get("/account/address")
@requires(Permission.USE_OWN_ACCOUNT)
def ask_new_address() -> Response:
    return answer("sign_in/change_address.html", form=AddressForm())


@blueprint.post("/account/address")
@requires(Permission.USE_OWN_ACCOUNT)
@limit_guesses("10 per 15 minutes", whose_password)
@limit_deeds("5 per hour", whose_password)
def send_address_link() -> Response:
    form = AddressForm()
    if form.validate():
        email = str(form.email.data)
        try:
            deeds.ask_for_address(db.session(), signed_in(), form.password.data, email, new_email_address, now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            life = length_in_words(deeds.ADDRESS_LINK_LIFE)
            return answer("sign_in/address_link_sent.html", email=email, life=life)
    return answer("sign_in/change_address.html", form=form, status=form.status)


@blueprint.get("/address/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def ask_to_take_address(secret: str) -> Response:
    link = good_link(db.session(), secret, LinkPurpose.CHANGE_ADDRESS, now())
    return answer("sign_in/take_address.html", link=link)


@blueprint.post("/address/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def take_address(secret: str) -> Response:
    person = deeds.take_address(db.session(), secret, about_service(), now())
    flash(f"Your email address is {person.email} from now on.")
    return go_to(url_for("home.show"))
