"""Pages on which a lead names who supervises which learner, and on which notes are written and answered."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, request, url_for

from app.language.numbers import count
from app.models.academic.notes import SupervisorNote
from app.models.people import Person, Role
from app.models.programmes import Enrolment
from app.platform.clock import today
from app.platform.db import db
from app.promises.supervising.naming import Learner, name_supervisor
from app.rules.academic.supervisors import assignments_of, supervisors_at
from app.supervisors import queries, service
from app.supervisors.forms import AnswerForm, NameForm, NameManyForm, NoteForm
from app.supervisors.home import home_items_of
from app.web.access import Permission, found, may, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_asked, id_in, page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion
from app.web.paging import page_of_rows

blueprint = Blueprint("supervisors", __name__)
HOME_SOURCES = (home_items_of,)
Found = Mapping[int, tuple[Enrolment, Person]]


@blueprint.get("/supervisors")
@requires(Permission.NAME_SUPERVISORS)
def index() -> Response:
    return list_page(NameManyForm(formdata=None))


@blueprint.post("/supervisors")
@requires(Permission.NAME_SUPERVISORS)
def name_many() -> Response:
    form, day = NameManyForm(), today()
    sent = [id_ for one in request.form.getlist("learners") if (id_ := id_in(one)) is not None]
    meant = queries.enrolments_led(db.session(), signed_in(), sent, day)
    form.offer_supervisors(supervisors_led())
    form.learners.offer(labels(meant))
    number: list[int] = []
    if form.does(lambda: number.append(name_as_said(form, [meant[int(id_)] for id_ in form.learners.data]))):
        flash(f"{count(number[0], 'learner')} changed. They and the supervisors concerned are told by email.")
        return go_to(url_for("supervisors.index", **filters_asked().values()))
    return list_page(form, meant)


def name_as_said(form: NameForm, learners: list[tuple[Enrolment, Person]]) -> int:
    people = {one.id: one for one in supervisors_led()}
    chosen = people[form.supervisor_id] if form.supervisor_id is not None else None
    return name_supervisor(
        db.session(),
        this_occasion(),
        [Learner(*one) for one in learners],
        chosen,
        form.reason.data or "",
        is_sure=bool(form.is_sure.data),
    )


def list_page(form: NameManyForm, also: Found | None = None) -> Response:
    """The learners whom the filters let through, and below them whoever was chosen and is not among them any more."""
    session, lead, day, filters = db.session(), signed_in(), today(), filters_asked()
    page = page_of_rows(queries.enrolment_ids_led(session, lead, filters, day), page_asked())
    rows = queries.enrolments_led(session, lead, page.rows, day)
    shown = {id_: rows[id_] for id_ in page.rows if id_ in rows} | dict(also or {})
    supervisors = supervisors_led()
    form.offer_supervisors(supervisors)
    form.learners.offer(labels(shown))
    return answer(
        "supervisors/index.html",
        "supervisors/_learners.html",
        status=form.status,
        announce=count(page.total, "learner"),
        form=form,
        page=replace(page, rows=list(shown.values())),
        filters=filters,
        supervisors=supervisors,
        numbers=queries.numbers_supervised(session, lead.provider_ids(Role.PROGRAMME_LEAD), day),
        without=queries.number_without(session, lead, day),
        programmes=queries.programmes_led(session, lead),
    )


def labels(enrolments: Found) -> list[tuple[str, str]]:
    """What stands beside each box: who it is, on which programme, and who supervises her now."""
    assigned = assignments_of(db.session(), list(enrolments))

    def label(enrolment: Enrolment, learner: Person) -> str:
        one = assigned.get(enrolment.id)
        parts = [enrolment.programme.title, *([enrolment.cohort_name] if enrolment.cohort_name else [])]
        return f"{learner.name} ({', '.join(parts)}): {one.supervisor.name if one else 'no supervisor'}"

    return [(str(id_), label(*one)) for id_, one in enrolments.items()]


@blueprint.get("/supervisors/<int:enrolment_id>")
@requires(Permission.NAME_SUPERVISORS)
def ask(enrolment_id: int) -> Response:
    return name_page(NameForm(formdata=None), *led(enrolment_id))


@blueprint.post("/supervisors/<int:enrolment_id>")
@requires(Permission.NAME_SUPERVISORS)
def name(enrolment_id: int) -> Response:
    enrolment, learner = led(enrolment_id)
    form = NameForm()
    form.offer_supervisors(supervisors_led())
    if form.does(lambda: name_as_said(form, [(enrolment, learner)])):
        flash(f"It is done. {learner.name} and the supervisors concerned are told by email.")
        return go_to(url_for("supervisors.ask", enrolment_id=enrolment_id))
    return name_page(form, enrolment, learner)


def name_page(form: NameForm, enrolment: Enrolment, learner: Person) -> Response:
    form.offer_supervisors(supervisors_led())
    return answer(
        "supervisors/name.html",
        status=form.status,
        form=form,
        enrolment=enrolment,
        learner=learner,
        now_with=assignments_of(db.session(), [enrolment.id]).get(enrolment.id),
        history=queries.history_of(db.session(), enrolment),
    )


@blueprint.get("/supervisors/<int:enrolment_id>/notes")
@requires(Permission.SEE_NOTES)
def notes(enrolment_id: int) -> Response:
    enrolment, learner = found(queries.enrolment_read(db.session(), signed_in(), enrolment_id))
    note_opening(enrolment, learner)
    return notes_page(NoteForm(formdata=None), enrolment, learner)


@blueprint.post("/supervisors/<int:enrolment_id>/notes")
@requires(Permission.WRITE_NOTE)
def write(enrolment_id: int) -> Response:
    enrolment, learner = found(queries.enrolment_supervised(db.session(), signed_in(), enrolment_id))
    form = NoteForm()
    if form.does(lambda: write_as_said(form, Learner(enrolment, learner))):
        flash("Your note is kept, and the programme leads are told by email. You hear when it is answered.")
        return go_to(url_for("supervisors.notes", enrolment_id=enrolment_id))
    return notes_page(form, enrolment, learner)


def write_as_said(form: NoteForm, learner: Learner) -> None:
    is_sure = bool(form.is_sure.data)
    service.write_note(db.session(), this_occasion(), learner, form.words.data, is_sure=is_sure)


def notes_page(form: NoteForm, enrolment: Enrolment, learner: Person) -> Response:
    writes = may(Permission.WRITE_NOTE) and queries.enrolment_supervised(db.session(), signed_in(), enrolment.id)
    return answer(
        "supervisors/notes.html",
        status=form.status,
        form=form,
        enrolment=enrolment,
        learner=learner,
        notes=queries.notes_about(db.session(), enrolment),
        writes=bool(writes),
        answers=enrolment.programme.provider_id in signed_in().provider_ids(Role.PROGRAMME_LEAD),
    )


@blueprint.get("/supervisors/notes/<int:note_id>")
@requires(Permission.ANSWER_NOTE)
def ask_answer(note_id: int) -> Response:
    note, learner = note_led(note_id)
    if note.answered_at:
        return go_to(url_for("supervisors.notes", enrolment_id=note.enrolment_id))
    note_opening(note, learner)
    return answer_page(AnswerForm(formdata=None), note, learner)


@blueprint.post("/supervisors/notes/<int:note_id>")
@requires(Permission.ANSWER_NOTE)
def answer_note(note_id: int) -> Response:
    note, learner = note_led(note_id)
    form = AnswerForm()
    if form.does(lambda: answer_as_said(form, note, learner)):
        flash(f"Your answer is kept with the note, and {note.author.name} is told by email.")
        return go_to(url_for("supervisors.notes", enrolment_id=note.enrolment_id))
    return answer_page(form, note, learner)


def answer_as_said(form: AnswerForm, note: SupervisorNote, learner: Person) -> None:
    is_sure = bool(form.is_sure.data)
    service.answer_note(db.session(), this_occasion(), note, learner, form.answer.data, is_sure=is_sure)


def answer_page(form: AnswerForm, note: SupervisorNote, learner: Person) -> Response:
    return answer("supervisors/answer.html", status=form.status, form=form, note=note, learner=learner)


def note_led(note_id: int) -> tuple[SupervisorNote, Person]:
    one: tuple[SupervisorNote, Person] = found(queries.note_to_answer(db.session(), signed_in(), note_id))
    return one


def led(enrolment_id: int) -> tuple[Enrolment, Person]:
    rows = queries.enrolments_led(db.session(), signed_in(), [enrolment_id], today())
    one: tuple[Enrolment, Person] = found(rows.get(enrolment_id))
    return one


def supervisors_led() -> list[Person]:
    return list(supervisors_at(db.session(), signed_in().provider_ids(Role.PROGRAMME_LEAD)))


def filters_asked() -> queries.Filters:
    supervisor = request.args.get("now", "")
    is_known = supervisor == queries.NONE or id_in(supervisor) is not None
    return queries.Filters(words_asked(), id_asked("programme"), supervisor if is_known else "")
