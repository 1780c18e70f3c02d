"""The page on which a programme lead says what learning agreements of a programme begin with."""

from flask import Response, url_for

from app.agreements import service
from app.agreements.base_views import blueprint
from app.agreements.forms import SuggestionForm, TemplateForm, values_of_template
from app.agreements.queries import programme_led
from app.agreements.starts import template_of
from app.models.programmes import Programme
from app.platform.db import db
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/programmes/<int:programme_id>/agreement-template")
@requires(Permission.SET_AGREEMENT_TEMPLATE)
def ask_template(programme_id: int) -> Response:
    programme = programme_reached(programme_id)
    return template_page(template_now(programme), programme)


@blueprint.post("/programmes/<int:programme_id>/agreement-template")
@requires(Permission.SET_AGREEMENT_TEMPLATE)
def set_template(programme_id: int) -> Response:
    programme, form = programme_reached(programme_id), TemplateForm()
    template = template_of(db.session(), programme.id)
    if form.validate() and (template is None or form.rests_on(template_now(programme), template)):
        service.set_template(db.session(), this_occasion(), programme, form.start)
        flash("Learners of the programme can begin with it from now on. What was begun before stays as it is.")
        return go_to(url_for("agreements.ask_template", programme_id=programme.id))
    return template_page(form, programme)


def programme_reached(programme_id: int) -> Programme:
    programme: Programme = found(programme_led(db.session(), signed_in(), programme_id))
    return programme


def template_now(programme: Programme) -> SuggestionForm:
    return TemplateForm(formdata=None, **values_of_template(template_of(db.session(), programme.id)))


def template_page(form: SuggestionForm, programme: Programme) -> Response:
    template = template_of(db.session(), programme.id)
    return answer("agreements/template.html", status=form.status, form=form, programme=programme, template=template)
