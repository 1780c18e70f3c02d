"""Pages on which learner, mentor and university see capabilities, and on which the first two rate them."""

from collections.abc import Sequence

from flask import Response, url_for

import app.evidence.jobs  # noqa: F401  a worker does regularly what stands there
from app.evidence import adding_views, queries, service  # noqa: F401
from app.evidence.base_views import blueprint, own_placement, placement_read
from app.evidence.capability_sets import views as set_views  # noqa: F401
from app.evidence.capability_sets.home import home_items_of as of_sets
from app.evidence.forms import levels_in, rating_form
from app.evidence.home import home_items_of
from app.language.numbers import count
from app.models.course.capabilities import Capability, CapabilityLevel, Rater
from app.models.placements import Placement
from app.platform.clock import today
from app.platform.db import db
from app.rules.course.capability_page import capabilities_of, page_of_placement
from app.rules.course.evidenced import evidenced, is_record_open
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.fields import Form
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion

HOME_SOURCES = (home_items_of, of_sets)


@blueprint.get("/placements/<int:placement_id>/capabilities")
@requires(Permission.SEE_CAPABILITIES)
def show(placement_id: int) -> Response:
    placement = placement_read(placement_id)
    note_opening(placement, placement.learner)
    is_open, is_between = (
        is_record_open(placement, today()),
        signed_in().id in (placement.learner_id, placement.mentor_id),
    )
    return answer(
        "evidence/capabilities.html",
        placement=placement,
        page=page_of_placement(db.session(), placement),
        standing=evidenced(db.session(), [placement])[placement.id],
        is_learner=placement.learner_id == signed_in().id,
        is_between=is_between,
        is_open=is_open,
        today=today(),
        may_rate=is_open and is_between,
    )


@blueprint.get("/placements/<int:placement_id>/capabilities/rate")
@requires(Permission.RATE_CAPABILITIES)
def ask_levels(placement_id: int) -> Response:
    placement = own_placement(placement_id)
    if not is_record_open(placement, today()):
        return go_to(address_of(placement))
    capabilities = asked_for(placement)
    return rating_page(rating_form(capabilities, said_before(placement), formdata=None), placement, capabilities)


@blueprint.post("/placements/<int:placement_id>/capabilities/rate")
@requires(Permission.RATE_CAPABILITIES)
def rate(placement_id: int) -> Response:
    placement = own_placement(placement_id)
    capabilities, added = asked_for(placement), []
    form = rating_form(capabilities, said_before(placement))
    rater = Rater.LEARNER if placement.learner_id == signed_in().id else Rater.MENTOR
    if not form.does(
        lambda: added.append(
            service.rate(db.session(), this_occasion(), placement, rater, levels_in(form, capabilities))
        )
    ):
        return rating_page(form, placement, capabilities)
    flash(
        f"{count(sum(added), 'rating')} saved. Earlier ones stay as history." if any(added) else "Nothing was changed."
    )
    return go_to(address_of(placement))


def asked_for(placement: Placement) -> Sequence[Capability]:
    every = capabilities_of(db.session(), placement.module.programme_id)
    return [one for one in every if not one.is_retired]


def said_before(placement: Placement) -> dict[int, CapabilityLevel]:
    return service.levels_said(db.session(), placement, signed_in())


def rating_page(form: Form, placement: Placement, capabilities: Sequence[Capability]) -> Response:
    is_learner = placement.learner_id == signed_in().id
    return answer(
        "evidence/rate.html",
        status=form.status,
        form=form,
        placement=placement,
        capabilities=capabilities,
        is_learner=is_learner,
    )


def address_of(placement: Placement) -> str:
    return url_for("evidence.show", placement_id=placement.id)
