"""Pages on which the parts of a version are written: their modules, and what learners take of them."""

import re

from flask import Response, request

from app.models.programmes import ProgrammeVersion
from app.platform.db import db
from app.programmes import service
from app.programmes.base_views import (
    address_of,
    back_to,
    blueprint,
    part_reached,
    refused,
    version_page,
    version_reached,
)
from app.programmes.forms import PartForm, part_form, part_form_class, rows_for
from app.rules.programmes.described import said_of_part
from app.rules.programmes.limits import MODULES_MAX, PARTS_MAX
from app.web.access import Permission, requires
from app.web.deeds.messages import flash
from app.web.htmx import answer
from app.web.occasions import this_occasion

FULL = f"A version has at most {PARTS_MAX} parts. Put modules that are asked for together into one."


@blueprint.get("/programme-versions/<int:version_id>/parts/new")
@requires(Permission.EDIT_PROGRAMMES)
def ask_part(version_id: int) -> Response:
    version = version_reached(version_id)
    if complaint := not_to_write(version):
        return version_page(version, complaint)
    return part_page(part_form(None, rows_for(None)), version)


@blueprint.post("/programme-versions/<int:version_id>/parts/new")
@requires(Permission.EDIT_PROGRAMMES)
def add_part(version_id: int) -> Response:
    version, form = version_reached(version_id, to_change=True), form_sent()
    if len(version.parts) >= PARTS_MAX:
        return version_page(version, FULL)
    if form.does(lambda: service.add_part(db.session(), this_occasion(), version, form.said)):
        flash("The part is added.")
        return back_to(version)
    return part_page(form, version)


@blueprint.get("/programme-parts/<int:part_id>")
@requires(Permission.EDIT_PROGRAMMES)
def part(part_id: int) -> Response:
    part = part_reached(part_id)
    if part.version.is_published:
        return version_page(part.version, service.PUBLISHED)
    said = said_of_part(part)
    return part_page(part_form(said, rows_for(said)), part.version, part.id)


@blueprint.post("/programme-parts/<int:part_id>")
@requires(Permission.EDIT_PROGRAMMES)
def change_part(part_id: int) -> Response:
    part, form = part_reached(part_id, to_change=True), form_sent()
    present = part_form(said_of_part(part), max(form.rows, len(part.lines)))
    is_as_seen = form.validate() and form.rests_on(present, part.version)
    if is_as_seen and form.does(lambda: service.change_part(db.session(), this_occasion(), part, form.said)):
        flash("The part is saved.")
        return back_to(part.version)
    return part_page(form, part.version, part.id)


@blueprint.post("/programme-parts/<int:part_id>/remove")
@requires(Permission.EDIT_PROGRAMMES)
def remove_part(part_id: int) -> Response:
    part = part_reached(part_id, to_change=True)
    version = part.version
    if complaint := refused(lambda: service.remove_part(db.session(), this_occasion(), part)):
        return version_page(version_reached(version.id), complaint)
    flash("The part is removed.")
    return back_to(version)


def not_to_write(version: ProgrammeVersion) -> str:
    if version.is_published:
        return service.PUBLISHED
    return FULL if len(version.parts) >= PARTS_MAX else ""


def form_sent() -> PartForm:
    """The form with as many rows as were sent."""
    numbers = [int(found[1]) for name in request.form if (found := re.fullmatch(r"module_([1-9][0-9]?)", name))]
    return part_form_class(min(max(numbers, default=1), MODULES_MAX))()


def part_page(form: PartForm, version: ProgrammeVersion, part_id: int | None = None) -> Response:
    return answer(
        "programmes/part.html",
        status=form.status,
        form=form,
        version=version,
        part_id=part_id,
        back_to=address_of(version),
    )
