"""Pages of the programmes of a university: the list, a programme with its versions, and a version."""

from flask import Response, url_for

from app.models.programmes import Level, ProgrammeVersion
from app.phrasebook.of_programmes.checks import result_in_words
from app.platform.db import db
from app.programmes import cohort_views, file_views, part_views, pathways_views, queries, service
from app.programmes.base_views import (
    address_of,
    back_to,
    blueprint,
    programme_reached,
    refused,
    version_page,
    version_reached,
)
from app.programmes.forms import BeginForm, FactsForm, YearForm, facts_form
from app.programmes.home import home_items_of
from app.rules.programmes.check import checked
from app.rules.programmes.described import said_of_parts, said_of_version
from app.rules.programmes.standing import newest_published
from app.rules.programmes.years import year_in_words
from app.web.access import Permission, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

__all__ = ["HOME_SOURCES", "blueprint", "cohort_views", "file_views", "part_views", "pathways_views"]

HOME_SOURCES = (home_items_of,)


@blueprint.get("/programmes")
@requires(Permission.EDIT_PROGRAMMES)
def index() -> Response:
    programmes = queries.programmes_reached(db.session(), signed_in())
    return answer(
        "programmes/index.html",
        programmes=programmes,
        published={one.id: newest_published(one) for one in programmes},
        results={version.id: result_of(version) for one in programmes for version in one.versions},
        year_in_words=year_in_words,
    )


def result_of(version: ProgrammeVersion) -> str:
    return result_in_words(checked(version.programme.level, said_of_parts(version)))


@blueprint.get("/programmes/new")
@requires(Permission.EDIT_PROGRAMMES)
def ask_programme() -> Response:
    return begin_page(BeginForm(formdata=None))


@blueprint.post("/programmes/new")
@requires(Permission.EDIT_PROGRAMMES)
def begin() -> Response:
    form, session = BeginForm(), db.session()
    providers = {str(one.id): one for one in queries.providers_reached(session, signed_in())}
    form.offer(list(providers.values()))

    def deed() -> None:
        provider, level = providers[str(form.provider.data)], Level(form.level.data)
        service.begin_programme(session, this_occasion(), provider, level, str(form.title.data), form.year)

    if not form.does(deed):
        return begin_page(form)
    flash("The programme is begun. Add its parts and modules; nobody else reads it before you publish it.")
    return go_to(url_for("programmes.index"))


def begin_page(form: BeginForm) -> Response:
    form.offer(queries.providers_reached(db.session(), signed_in()))
    return answer("programmes/new.html", status=form.status, form=form)


@blueprint.get("/programmes/<int:programme_id>")
@requires(Permission.EDIT_PROGRAMMES)
def show(programme_id: int) -> Response:
    programme = programme_reached(programme_id)
    return answer(
        "programmes/programme.html",
        programme=programme,
        published=newest_published(programme),
        enrolled=queries.numbers_enrolled(db.session(), programme),
        results={version.id: result_of(version) for version in programme.versions},
        may_begin=all(version.is_published for version in programme.versions),
        year_in_words=year_in_words,
    )


@blueprint.get("/programmes/<int:programme_id>/versions/new")
@requires(Permission.EDIT_PROGRAMMES)
def ask_version(programme_id: int) -> Response:
    return year_page(programme_id, YearForm(formdata=None))


@blueprint.post("/programmes/<int:programme_id>/versions/new")
@requires(Permission.EDIT_PROGRAMMES)
def begin_version(programme_id: int) -> Response:
    programme, form = programme_reached(programme_id, to_change=True), YearForm()
    if not form.does(lambda: service.begin_version(db.session(), this_occasion(), programme, form.year)):
        return year_page(programme_id, form)
    flash("The new version is begun. It says what the last one says; change it, then publish it.")
    return back_to(programme.versions[-1])


def year_page(programme_id: int, form: YearForm) -> Response:
    return answer(
        "programmes/new_version.html", status=form.status, form=form, programme=programme_reached(programme_id)
    )


@blueprint.get("/programme-versions/<int:version_id>")
@requires(Permission.EDIT_PROGRAMMES)
def version(version_id: int) -> Response:
    return version_page(version_reached(version_id))


@blueprint.get("/programme-versions/<int:version_id>/facts")
@requires(Permission.EDIT_PROGRAMMES)
def ask_facts(version_id: int) -> Response:
    version = version_reached(version_id)
    if version.is_published:
        return version_page(version, service.PUBLISHED)
    return facts_page(facts_form(said_of_version(version)), version)


@blueprint.post("/programme-versions/<int:version_id>/facts")
@requires(Permission.EDIT_PROGRAMMES)
def say_facts(version_id: int) -> Response:
    version, form = version_reached(version_id, to_change=True), FactsForm()
    is_as_seen = form.validate() and form.rests_on(facts_form(said_of_version(version)), version)
    if is_as_seen and form.does(lambda: service.say_facts(db.session(), this_occasion(), version, form.said)):
        flash("It is saved. Applicants read it once this version is published.")
        return back_to(version)
    return facts_page(form, version)


def facts_page(form: FactsForm, version: ProgrammeVersion) -> Response:
    return answer("programmes/facts.html", status=form.status, form=form, version=version, back_to=address_of(version))


@blueprint.post("/programme-versions/<int:version_id>/publish")
@requires(Permission.EDIT_PROGRAMMES)
def publish(version_id: int) -> Response:
    version, address = version_reached(version_id, to_change=True), full_address("programmes.pathways")
    if complaint := refused(lambda: service.publish(db.session(), this_occasion(), version, address)):
        return version_page(version_reached(version_id), complaint)
    flash(
        "It is published. Everybody reads it under Pathways, and learners who begin from now on are on it. Whoever "
        "else leads or supervises at the university is told by email."
    )
    return back_to(version)


@blueprint.post("/programme-versions/<int:version_id>/open")
@requires(Permission.EDIT_PROGRAMMES)
def open_again(version_id: int) -> Response:
    version = version_reached(version_id, to_change=True)
    if complaint := refused(lambda: service.open_again(db.session(), this_occasion(), version)):
        return version_page(version_reached(version_id), complaint)
    flash("It can be changed. Until you publish it again, applicants read the version before it, if there is one.")
    return back_to(version)


@blueprint.post("/programme-versions/<int:version_id>/discard")
@requires(Permission.EDIT_PROGRAMMES)
def discard(version_id: int) -> Response:
    version = version_reached(version_id, to_change=True)
    programme_id = version.programme_id
    if complaint := refused(lambda: service.discard(db.session(), this_occasion(), version)):
        return version_page(version_reached(version_id), complaint)
    flash("The version is dropped. Those that are published stay.")
    return go_to(url_for("programmes.show", programme_id=programme_id))
