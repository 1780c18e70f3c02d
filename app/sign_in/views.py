"""Pages for signing in and out, and for choosing a password."""

from flask import Response, current_app, request, session, url_for
from flask_login import current_user, logout_user
from flask_wtf.csrf import CSRFError

from app.language.dates_and_times import length_in_words
from app.language.refusal import Refused
from app.models.people import LinkPurpose, Person
from app.platform.clock import now
from app.platform.db import db, short_write, writes_at_the_end
from app.platform.jobs import enqueue
from app.sign_in import account_views, service
from app.sign_in.about_service import about_service
from app.sign_in.base_views import blueprint
from app.sign_in.browsers import browser_in_words
from app.sign_in.forms import ForgottenForm, NewPasswordForm, SignInForm
from app.sign_in.guessing import Attempt, attempt_at
from app.sign_in.jobs import mail_password_link
from app.sign_in.kept_form import as_text, form_sent, read_kept_form, sent_from_here
from app.sign_in.places import know_this_place, this_place
from app.sign_in.session import begin_session, login_manager
from app.web import errors
from app.web.access import Permission, open_to_all, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.environment import parts_of
from app.web.htmx import answer, go_to, page_shown, wants_part
from app.web.rendering import long_moment
from app.web.security import email_sent, limit_deeds, limit_guesses

__all__ = ["account_views", "blueprint"]

SIGN_IN_ELSEWHERE = (
    "Wait 15 minutes, then try again. If you know your password, sign in from a browser or a place where you have "
    "signed in before; or ask for a link to choose a new password, on the page to sign in."
)


@blueprint.get("/sign-in")
@open_to_all
def show() -> Response:
    wanted = local_path(request.args.get("next", ""))
    if current_user.is_authenticated:
        return go_to(wanted or url_for("home.show"))
    return answer("sign_in/sign_in.html", form=SignInForm(next=wanted))


@blueprint.post("/sign-in")
@open_to_all
@writes_at_the_end
def sign_in() -> Response:
    """Check the password with nothing locked, then begin the session in a short transaction of its own."""
    form = SignInForm()
    if not form.validate():
        return answer("sign_in/sign_in.html", form=form, status=form.status)
    attempt = attempt_at(db.session(), form.email.data, this_place())
    if attempt.is_stopped():
        return too_many_tries()
    try:
        proof = service.check_password(db.session(), form.email.data, form.password.data)
        if attempt.is_limited() and not attempt.is_from_known_place:
            raise Refused(service.NOT_RIGHT, "email")
        with short_write() as writing:
            sign_in, token = service.begin_sign_in(writing, proof, browser_here(), now())
            know_this_place(writing, sign_in.person, now())
    except Refused as refusal:
        return refuse_sign_in(form, refusal, attempt)
    begin_session(sign_in, token)
    return welcome(sign_in.person, form)


def refuse_sign_in(form: SignInForm, refusal: Refused, attempt: Attempt) -> Response:
    """Say the same to everybody: that it was not right or, where somebody guesses, that there were too many tries."""
    current_app.logger.warning("A sign-in from %s was refused", request.remote_addr)
    is_limited = attempt.is_limited()
    attempt.count()
    if is_limited:
        return too_many_tries()
    form.refuse(refusal)
    return answer("sign_in/sign_in.html", form=form, status=form.status)


def too_many_tries() -> Response:
    return errors.problem(429, SIGN_IN_ELSEWHERE)


def browser_here() -> str:
    return browser_in_words(request.headers.get("User-Agent", ""))


def welcome(person: Person, form: SignInForm) -> Response:
    """Go on with the form that was kept, or to the page that was asked for."""
    kept = read_kept_form(form.kept.data or "")
    if kept and kept.is_of(person):
        if kept.is_good():
            return answer("sign_in/carry_on.html", kept=kept)
        flash(f"What you had typed was kept until {long_moment(kept.until)}. It is gone now.")
    return go_to(local_path(form.next.data or "") or url_for("home.show"))


@blueprint.post("/sign-out")
@requires(Permission.USE_OWN_ACCOUNT)
def sign_out() -> Response:
    service.sign_out(db.session(), current_user.sign_in, now())
    logout_user()
    session.clear()
    flash("You are signed out.")
    return go_to(url_for("home.show"))


@blueprint.get("/password/forgotten")
@open_to_all
def forgotten() -> Response:
    return answer("sign_in/forgotten.html", form=ForgottenForm(), life=length_in_words(service.LINK_LIFE))


@blueprint.post("/password/forgotten")
@open_to_all
@limit_deeds("60 per hour")
@limit_deeds("5 per hour", email_sent)
def send_link() -> Response:
    """Ask for a link; a job looks whether there is such a person, so that the time of the answer does not tell."""
    form = ForgottenForm()
    if not form.validate():
        return answer("sign_in/forgotten.html", form=form, status=form.status, life=length_in_words(service.LINK_LIFE))
    enqueue(mail_password_link, form.email.data)
    return answer("sign_in/link_sent.html", email=form.email.data, life=length_in_words(service.LINK_LIFE))


@blueprint.get("/password/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def new_password(secret: str) -> Response:
    link = service.good_link(db.session(), secret, LinkPurpose.SET_PASSWORD, now())
    return answer("sign_in/new_password.html", form=NewPasswordForm(), email=link.person.email)


@blueprint.post("/password/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def set_password(secret: str) -> Response:
    """Choose a password by a link; who can read her mail is known here from now on, also while somebody guesses."""
    link = service.good_link(db.session(), secret, LinkPurpose.SET_PASSWORD, now())
    form = NewPasswordForm()
    if form.validate():
        try:
            person = service.set_password(db.session(), link, form.password.data, about_service(), now())
            know_this_place(db.session(), person, now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Your new password is set. Sign in with it.")
            return go_to(url_for("sign_in.show"))
    return answer("sign_in/new_password.html", form=form, status=form.status, email=link.person.email)


@login_manager.unauthorized_handler
def ask_to_sign_in() -> Response:
    """Ask for a sign-in, and keep the page or the form that was asked for."""
    if request.method == "GET":
        return go_to(url_for("sign_in.show", next=local_path(page_shown())))
    kept = form_sent()
    form = SignInForm(formdata=None, kept=as_text(kept))
    return answer(
        "sign_in/sign_in.html",
        "sign_in/_form.html",
        form=form,
        status=401,
        session_ended=sent_from_here(),
        kept_until=kept.until if kept and form.kept.data else None,
    )


@blueprint.app_errorhandler(CSRFError)
def refuse_form(error: CSRFError) -> Response:
    """A form without a good token: the session has ended or another has begun; what was typed is kept."""
    if not current_user.is_authenticated and request.endpoint != "sign_in.sign_in":
        return ask_to_sign_in()
    kept = form_sent()
    if kept and kept.is_of(signed_in()) and not wants_part():
        return answer("sign_in/carry_on.html", kept=kept, status=400)
    if kept and not kept.is_of(signed_in()):
        return errors.problem(400, "Somebody else had filled in this form, so it was not sent in your name.")
    return errors.problem(400, "This form was open for too long. Go back, load the page again and send it once more.")


def local_path(address: str) -> str:
    """The address when it is a path of this service, else nothing: nobody is sent elsewhere after signing in."""
    parts = parts_of(address)
    is_path = parts is not None and not parts.scheme and not parts.netloc
    return address if is_path and address.startswith("/") and not address.startswith(("//", "/\\")) else ""
