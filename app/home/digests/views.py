"""The page on which a person chooses when a digest comes, and reads which mails come at once anyway."""

from flask import Response, url_for

from app.home.base_views import blueprint, what_waits
from app.home.digests import service
from app.home.forms import DigestForm
from app.home.putting_off import days_to_choose
from app.language.dates_and_times import day_in_words
from app.models.reminding.digests import Rhythm, next_turn
from app.platform.clock import now, today
from app.platform.db import db
from app.promises.reminding.kinds import Kind
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to


@blueprint.get("/reminders")
@requires(Permission.USE_OWN_ACCOUNT)
def reminders() -> Response:
    return reminders_page(DigestForm.of(service.setting_of(db.session(), signed_in())))


@blueprint.post("/reminders")
@requires(Permission.USE_OWN_ACCOUNT)
def choose() -> Response:
    form = DigestForm()
    if not form.validate():
        return reminders_page(form)
    rhythm, weekday = Rhythm(form.rhythm.data), int(form.weekday.data)
    service.choose_digest(db.session(), signed_in(), rhythm, weekday, now())
    day = next_turn(rhythm, weekday, today())
    flash(
        f"The next mail comes on {day_in_words(day)}, if something waits for you then."
        if day
        else "You get no mail that lists what waits for you. Your home page has it."
    )
    return go_to(url_for("home.reminders"))


def reminders_page(form: DigestForm) -> Response:
    setting, waiting = service.setting_of(db.session(), signed_in()), what_waits()
    return answer(
        "home/digests/reminders.html",
        status=form.status,
        form=form,
        next_on=service.next_digest_on(setting, signed_in(), today()),
        at_once=[kind.value for kind in Kind if kind.is_at_once],
        can_wait=[item for item in waiting.to_do if days_to_choose(item, today())],
        put_off=waiting.put_off,
    )
