"""Pages of whoever writes updates: all that was written, a draft, how its readers get it, and sending it."""

from flask import Response, request, url_for

from app.language.numbers import count
from app.models.public.updates import PublicUpdate, UpdateTopic
from app.platform.db import db
from app.updates import mails, queries, service
from app.updates.base_views import blueprint, service_name, ways
from app.updates.forms import UpdateForm
from app.web.access import Permission, found, requires
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

LINK_OF_EACH = "(here each reader has a link of her own)"


@blueprint.get("/written")
@requires(Permission.SEND_UPDATES)
def written() -> Response:
    return answer(
        "updates/writing/list.html",
        page=queries.updates_written(db.session(), page_asked()),
        numbers=queries.numbers_of_subscribers(db.session()),
    )


@blueprint.get("/write")
@requires(Permission.SEND_UPDATES)
def write() -> Response:
    return answer("updates/writing/write.html", form=UpdateForm(formdata=None), update=None)


@blueprint.post("/write")
@requires(Permission.SEND_UPDATES)
def keep() -> Response:
    form, kept = UpdateForm(), []

    def done() -> None:
        kept.append(service.write(db.session(), this_occasion(), said_in(form), is_sure=form.is_sure.data))

    if not form.does(done):
        return answer("updates/writing/write.html", status=form.status, form=form, update=None)
    db.session().flush()
    return go_to(url_for("updates.show", update_id=kept[0].id))


@blueprint.get("/<int:update_id>")
@requires(Permission.SEND_UPDATES)
def show(update_id: int) -> Response:
    update = one(update_id)
    return answer(
        "updates/writing/update.html",
        update=update,
        mail=mails.update(update, service_name(), LINK_OF_EACH),
        readers=queries.number_of_subscribers(db.session(), update.topic),
        seen=service.digest_of(update),
    )


@blueprint.get("/<int:update_id>/change")
@requires(Permission.SEND_UPDATES)
def change(update_id: int) -> Response:
    update = one(update_id)
    return answer("updates/writing/write.html", form=UpdateForm.of(update), update=update)


@blueprint.post("/<int:update_id>/change")
@requires(Permission.SEND_UPDATES)
def save(update_id: int) -> Response:
    update, form = one(update_id, to_change=True), UpdateForm()

    def done() -> None:
        service.change(db.session(), this_occasion(), update, said_in(form), is_sure=form.is_sure.data)

    if not (form.validate() and form.rests_on(UpdateForm.of(update), update) and form.does(done)):
        return answer("updates/writing/write.html", status=form.status, form=form, update=update)
    return go_to(url_for("updates.show", update_id=update_id))


@blueprint.post("/<int:update_id>/send")
@requires(Permission.SEND_UPDATES)
def send(update_id: int) -> Response:
    update = one(update_id, to_change=True)
    service.send(db.session(), this_occasion(), update, request.form.get("seen", ""), ways())
    flash(f"The update is sent to {count(update.reached or 0, 'person', 'people')}. Everybody can read it.")
    return go_to(url_for("updates.show", update_id=update_id))


@blueprint.post("/<int:update_id>/discard")
@requires(Permission.SEND_UPDATES)
def discard(update_id: int) -> Response:
    service.discard(db.session(), this_occasion(), one(update_id, to_change=True))
    flash("The update is discarded. Nobody has got it.")
    return go_to(url_for("updates.written"))


def one(update_id: int, *, to_change: bool = False) -> PublicUpdate:
    update: PublicUpdate = found(queries.update_with(db.session(), update_id, to_change=to_change))
    return update


def said_in(form: UpdateForm) -> service.Written:
    return service.Written(UpdateTopic[form.topic.data], form.subject.data, form.words.data)
