"""Pages on which a person puts something off that waits for her, or has it back."""

from datetime import date

from flask import Response, url_for

from app.home import putting_off
from app.home.base_views import blueprint, what_waits
from app.home.forms import PutOffForm
from app.language.dates_and_times import day_in_words
from app.platform.clock import now, today
from app.platform.db import db
from app.rules.home_items import ToDo
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to

WAITS_NO_LONGER = "That no longer waits for you."


@blueprint.get("/to-do/<item>/put-off")
@requires(Permission.USE_OWN_ACCOUNT)
def ask_put_off(item: str) -> Response:
    found = item_of(item)
    return put_off_page(found, form_for(found, is_sent=False)) if found else go_to(url_for("home.show"))


@blueprint.post("/to-do/<item>/put-off")
@requires(Permission.USE_OWN_ACCOUNT)
def put_off(item: str) -> Response:
    found = item_of(item)
    if found is None:
        return home_with(WAITS_NO_LONGER)
    form = form_for(found)
    if not form.validate():
        return put_off_page(found, form)
    until = date.fromisoformat(form.until.data)
    putting_off.put_off(db.session(), signed_in(), found, until, now())
    return home_with(f"It is put off until {day_in_words(until)}, and comes back then if it still waits.")


@blueprint.post("/to-do/<item>/show-again")
@requires(Permission.USE_OWN_ACCOUNT)
def show_again(item: str) -> Response:
    found = item_of(item)
    if found is None:
        return home_with(WAITS_NO_LONGER)
    putting_off.show_again(db.session(), signed_in(), found, now())
    return home_with("It is on your list again.")


def item_of(mark: str) -> ToDo | None:
    """What waits for her under a mark, put off or not; what was done meanwhile is there no longer."""
    return next((item for item in what_waits().all_to_do if item.mark == mark), None)


def form_for(item: ToDo, is_sent: bool = True) -> PutOffForm:
    form = PutOffForm() if is_sent else PutOffForm(formdata=None)
    days = putting_off.days_to_choose(item, today())
    form.until.offer([(day.isoformat(), f"{words}, {day_in_words(day)}") for day, words in days.items()])
    return form


def put_off_page(item: ToDo, form: PutOffForm) -> Response:
    return answer("home/put_off.html", status=form.status, form=form, item=item)


def home_with(message: str) -> Response:
    flash(message)
    return go_to(url_for("home.show"))
