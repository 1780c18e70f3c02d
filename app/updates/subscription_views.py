"""Pages that the links in mails open without an account: updates are confirmed, chosen anew and stopped."""

from flask import Response

from app.language.refusal import Refused
from app.models.public.updates import Subscriber, UpdateRegistration
from app.platform.clock import now
from app.platform.db import db
from app.platform.tallies import digest_of
from app.updates import queries, subscribing
from app.updates.base_views import blueprint, mark_in, secret_of
from app.updates.forms import TopicsForm
from app.web.access import found, open_to_all
from app.web.htmx import answer
from app.web.security import csrf, limit_guesses


@blueprint.get("/confirm/<wanted>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def ask_confirm(wanted: str) -> Response:
    """Programs that look at links confirm nothing."""
    registration = registration_behind(wanted)
    return answer("updates/confirm.html", wanted=wanted, registration=registration) if registration else over_page()


@blueprint.post("/confirm/<wanted>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def confirm(wanted: str) -> Response:
    registration = registration_behind(wanted)
    if registration is None:
        return over_page()
    subscriber = subscribing.confirm(db.session(), registration, now())
    return answer("updates/confirmed.html", subscriber=subscriber, subscription=secret_of(subscriber.mark))


@blueprint.post("/confirm/<wanted>/never")
@open_to_all
@limit_guesses("30 per 15 minutes")
def silence(wanted: str) -> Response:
    registration = registration_behind(wanted)
    if registration is None:
        return over_page()
    subscribing.silence(db.session(), registration, digest_of(registration.email), now())
    return answer("updates/silenced.html")


@blueprint.get("/yours/<subscription>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def yours(subscription: str) -> Response:
    subscriber = subscriber_of(subscription)
    if subscriber is None:
        return answer("updates/stopped.html")
    return yours_page(subscription, TopicsForm.of(subscriber, formdata=None))


@blueprint.post("/yours/<subscription>/topics")
@open_to_all
@limit_guesses("30 per 15 minutes")
def choose(subscription: str) -> Response:
    subscriber, form = subscriber_of(subscription, to_change=True), TopicsForm()
    if subscriber is None:
        return answer("updates/stopped.html")
    if not form.does(lambda: subscribing.choose(db.session(), subscriber, form.chosen, now())):
        return yours_page(subscription, form)
    return answer("updates/confirmed.html", subscriber=subscriber, subscription=subscription)


@blueprint.post("/yours/<subscription>")
@csrf.exempt
@open_to_all
@limit_guesses("30 per 15 minutes")
def stop(subscription: str) -> Response:
    """What a mail program sends has neither a session nor a token (RFC 8058): the secret is what is needed."""
    subscriber = subscriber_of(subscription, to_change=True)
    if subscriber is not None:
        subscribing.stop(db.session(), subscriber, now())
    return answer("updates/stopped.html")


def registration_behind(secret: str) -> UpdateRegistration | None:
    try:
        return subscribing.registration_behind(db.session(), secret, now())
    except Refused:
        return None


def over_page() -> Response:
    return answer("updates/over.html", status=404)


def subscriber_of(secret: str, *, to_change: bool = False) -> Subscriber | None:
    """Whose updates a secret stops; None where she has stopped them already, 404 for a secret that we never made."""
    mark: int = found(mark_in(secret))
    return queries.subscriber_with(db.session(), mark, to_change=to_change)


def yours_page(subscription: str, form: TopicsForm) -> Response:
    return answer("updates/yours.html", status=form.status, subscription=subscription, form=form)
