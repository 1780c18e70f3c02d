"""The administrator's pages: people and their roles, and the audit trail; jobs and mail are a part of them."""

from datetime import date

from flask import Blueprint, Response, current_app, request, url_for
from sqlalchemy.orm import Session

from app.admin import queries, service
from app.admin.forms import CorrectionForm, GrantForm, PersonForm
from app.admin.home import home_items_of, waiting_jobs
from app.admin.service import INVITATION_LIFE
from app.admin.waiting_views import blueprint as waiting
from app.config import Settings
from app.language.dates_and_times import length_in_words
from app.language.numbers import count
from app.language.refusal import Refused
from app.models.organisations import Network
from app.models.people import Person, Role
from app.models.programmes import Provider
from app.models.values.free_text import DetailKind
from app.platform.clock import now, today
from app.platform.db import db
from app.promises.leaving import concerned_by
from app.rules.home_items import ToDo
from app.rules.standing_still import lock_people
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import password_address
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_asked, page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion
from app.web.security import limit_guesses

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
blueprint.register_blueprint(waiting)


def jobs_at_home(session: Session, person: Person, today: date) -> list[ToDo]:
    return waiting_jobs(session, person, now())


HOME_SOURCES = (home_items_of, jobs_at_home)


@blueprint.get("/people")
@requires(Permission.MANAGE_PEOPLE)
def list_people() -> Response:
    search, role_name = words_asked(), request.args.get("role", "")
    role = Role[role_name] if role_name in Role.__members__ else None
    page = queries.people(db.session(), search, role, page_asked())
    return answer(
        "admin/people.html",
        "admin/_people.html",
        page=page,
        q=search,
        role=role_name,
        roles=list(Role),
        announce=count(page.total, "person", "people"),
    )


@blueprint.get("/people/new")
@requires(Permission.MANAGE_PEOPLE)
def new_person() -> Response:
    return answer("admin/new_person.html", form=PersonForm(), life=length_in_words(INVITATION_LIFE))


@blueprint.post("/people/new")
@requires(Permission.MANAGE_PEOPLE)
def invite() -> Response:
    form = PersonForm()
    if form.validate():
        try:
            person = service.invite_person(
                db.session(), signed_in(), form.name.data, form.email.data, password_address, now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"{person.name} gets an email with a link to choose a password. Now give a role.")
            return go_to(url_for("admin.show_person", person_id=person.id))
    return answer("admin/new_person.html", form=form, status=form.status, life=length_in_words(INVITATION_LIFE))


@blueprint.get("/people/<int:person_id>")
@requires(Permission.MANAGE_PEOPLE)
def show_person(person_id: int) -> Response:
    person = person_of(person_id)
    note_opening(person, person)
    return person_page(person, grant_form())


@blueprint.get("/people/<int:person_id>/correct")
@requires(Permission.MANAGE_PEOPLE)
def ask_correction(person_id: int) -> Response:
    person = person_of(person_id)
    return answer("admin/correct_person.html", person=person, form=person_form(person))


@blueprint.post("/people/<int:person_id>/correct")
@requires(Permission.MANAGE_PEOPLE)
@limit_guesses("10 per 15 minutes", lambda: f"password of {signed_in().id}")
def correct(person_id: int) -> Response:
    person, form = person_to_change(person_id), CorrectionForm()
    if form.validate() and form.rests_on(person_form(person), person):
        given, contact = (form.name.data, form.email.data, form.password.data), settings().contact
        try:
            service.correct_person(db.session(), signed_in(), person, *given, contact, now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"{person.name} is known by this name and address from now on.")
            return go_to(url_for("admin.show_person", person_id=person.id))
    return answer("admin/correct_person.html", person=person, form=form, status=form.status)


@blueprint.post("/people/<int:person_id>/roles")
@requires(Permission.MANAGE_PEOPLE)
def grant(person_id: int) -> Response:
    person, form = person_to_change(person_id), grant_form()
    if form.validate():
        network = db.session.get(Network, int(form.network.data)) if form.network.data else None
        provider = db.session.get(Provider, int(form.provider.data)) if form.provider.data else None
        try:
            service.grant_role(db.session(), signed_in(), person, Role[str(form.role.data)], network, provider, now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"{person.name} is now {Role[str(form.role.data)].value}.")
            return go_to(url_for("admin.show_person", person_id=person.id))
    return person_page(person, form)


@blueprint.get("/people/<int:person_id>/roles/<int:grant_id>/end")
@requires(Permission.MANAGE_PEOPLE)
def ask_to_end_role(person_id: int, grant_id: int) -> Response:
    grant = found(queries.live_grant(db.session(), person_id, grant_id))
    concerned = concerned_by(db.session(), grant.person, frozenset({grant.role}), today())
    return answer("admin/end_role.html", grant=grant, concerned=concerned)


@blueprint.post("/people/<int:person_id>/roles/<int:grant_id>/end")
@requires(Permission.MANAGE_PEOPLE)
def end_role(person_id: int, grant_id: int) -> Response:
    lock_people(db.session(), [person_id])
    live = found(queries.live_grant(db.session(), person_id, grant_id))
    service.end_role(db.session(), signed_in(), live, this_occasion())
    flash(f"{live.person.name} is no longer {live.role.value}.")
    return go_to(url_for("admin.show_person", person_id=person_id))


@blueprint.post("/people/<int:person_id>/invitation")
@requires(Permission.MANAGE_PEOPLE)
def invite_again(person_id: int) -> Response:
    person = person_to_change(person_id)
    service.invite_again(db.session(), signed_in(), person, password_address, now())
    flash(f"{person.name} gets a new link to choose a password.")
    return go_to(url_for("admin.show_person", person_id=person_id))


@blueprint.get("/people/<int:person_id>/withdraw")
@requires(Permission.MANAGE_PEOPLE)
def ask_to_withdraw(person_id: int) -> Response:
    person = person_of(person_id)
    concerned = concerned_by(db.session(), person, person.roles, today())
    return answer("admin/withdraw_person.html", person=person, concerned=concerned)


@blueprint.post("/people/<int:person_id>/withdraw")
@requires(Permission.MANAGE_PEOPLE)
def withdraw(person_id: int) -> Response:
    person = person_to_change(person_id)
    service.withdraw_account(db.session(), signed_in(), person, this_occasion())
    flash(f"{person.name} can no longer sign in or take part. The record stays, and everybody concerned gets an email.")
    return go_to(url_for("admin.show_person", person_id=person_id))


@blueprint.post("/people/<int:person_id>/restore")
@requires(Permission.MANAGE_PEOPLE)
def restore(person_id: int) -> Response:
    person = person_to_change(person_id)
    service.restore_account(db.session(), signed_in(), person, now())
    flash(f"{person.name} can sign in again.")
    return go_to(url_for("admin.show_person", person_id=person_id))


@blueprint.get("/audit")
@requires(Permission.READ_AUDIT)
def audit() -> Response:
    search, deed = words_asked(), request.args.get("deed", "")
    trail = queries.audit_lines(db.session(), search, deed, id_asked("before"))
    return answer(
        "admin/audit.html",
        "admin/_audit.html",
        trail=trail,
        q=search,
        deed=deed,
        deeds=queries.deeds(db.session()),
        announce=count(len(trail.rows), "line"),
    )


@blueprint.get("/kept-words")
@requires(Permission.READ_AUDIT)
def kept_words() -> Response:
    return answer("admin/kept_words.html", page=queries.false_alarms(db.session(), page_asked()), kinds=DetailKind)


def person_page(person: Person, form: GrantForm) -> Response:
    return answer("admin/person.html", person=person, form=form, status=form.status)


def person_of(person_id: int) -> Person:
    person: Person = found(queries.person_with_grants(db.session(), person_id))
    return person


def person_to_change(person_id: int) -> Person:
    """The same, kept from being changed by anybody else meanwhile."""
    lock_people(db.session(), [person_id])
    return person_of(person_id)


def person_form(person: Person) -> CorrectionForm:
    """The form with the name and the address as they are."""
    return CorrectionForm(formdata=None, obj=person)


def grant_form() -> GrantForm:
    form = GrantForm()
    form.network.offer([("", "None"), *((str(row.id), row.name) for row in queries.networks(db.session()))])
    form.provider.offer([("", "None"), *((str(row.id), row.name) for row in queries.providers(db.session()))])
    return form


def settings() -> Settings:
    given: Settings = current_app.extensions["rpe_settings"]
    return given
