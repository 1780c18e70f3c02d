"""The public page of updates: what was sent so far, and the form to get them by email."""

from flask import Response
from flask_login import current_user

from app.platform.clock import now
from app.platform.db import db
from app.platform.tallies import digest_of
from app.updates import jobs, queries, subscribing, subscription_views
from app.updates.base_views import blueprint, confirm_address, service_name
from app.updates.forms import RegisterForm
from app.updates.home import home_items_of
from app.updates.writing import views as writing_views
from app.web.access import open_to_all, signed_in
from app.web.edge.numbers import page_asked
from app.web.htmx import answer
from app.web.security import email_sent, limit_deeds, limit_guesses

__all__ = ["blueprint", "jobs", "subscription_views", "writing_views"]
HOME_SOURCES = (home_items_of,)


@blueprint.get("")
@open_to_all
def index() -> Response:
    known = {"email": signed_in().email} if current_user.is_authenticated else {}
    return page_with(RegisterForm(formdata=None, data=known))


@blueprint.post("")
@open_to_all
@limit_guesses("30 per 15 minutes")
@limit_deeds("10 per hour")
@limit_deeds("5 per day", email_sent)
def register() -> Response:
    """The answer is the same for every address."""
    form = RegisterForm()

    def ask() -> None:
        wish = subscribing.Wish(form.address, form.chosen, digest_of(form.address))
        subscribing.register(db.session(), wish, service_name(), confirm_address, now())

    if not form.does(ask):
        return page_with(form)
    return answer("updates/asked.html", email=form.address, days=subscribing.LIFE.days)


def page_with(form: RegisterForm) -> Response:
    page = queries.updates_sent(db.session(), page_asked())
    return answer("updates/index.html", status=form.status, form=form, page=page)
