"""What everybody reads of bursaries: the calls, one call, and a decision that can be followed; and the rooms joined."""

from flask import Response

from app.bursaries import jobs, queries
from app.bursaries.applying import views as applying
from app.bursaries.assessing import views as assessing
from app.bursaries.base_views import blueprint, call_shown
from app.bursaries.calls import views as calls
from app.bursaries.home import home_items_of
from app.bursaries.outcome import views as outcome
from app.bursaries.spending import views as spending
from app.models.bursaries.applications import BursaryApplication
from app.models.bursaries.calls import BursaryCall, CallState, Method
from app.models.rounds import digest_of_seed
from app.phrasebook.of_programmes.bursaries import who_may_apply
from app.platform.clock import now
from app.platform.db import db
from app.rules.bursaries.order import drawn
from app.web.access import Permission, found, may, open_to_all, signed_in
from app.web.edge.numbers import page_asked
from app.web.htmx import answer
from app.web.paging import page_of_rows

for room in (calls, applying, assessing, outcome, spending):
    blueprint.register_blueprint(room.blueprint)
HOME_SOURCES_NOW = (home_items_of,)

__all__ = ["HOME_SOURCES_NOW", "blueprint", "jobs"]


@blueprint.get("/bursaries")
@open_to_all
def index() -> Response:
    return answer(
        "bursaries/index.html", page=queries.calls_shown(db.session(), page_asked()), standing=standing_of, now=now()
    )


@blueprint.get("/bursaries/<int:open_call_id>")
@open_to_all
def show(open_call_id: int) -> Response:
    call = call_shown(open_call_id)
    return answer(
        "bursaries/call.html",
        call=call,
        standing=standing_of(call),
        conditions=who_may_apply(call),
        is_open=call.takes_applications(now()),
        own=own_of(call),
        reason=queries.reason_of_cancelling(db.session(), call),
    )


@blueprint.get("/bursaries/<int:open_call_id>/draw")
@open_to_all
def draw(open_call_id: int) -> Response:
    """The lottery drawn again from the seed, beside the order that was decided."""
    call = call_shown(open_call_id)
    found(call if call.method is Method.LOTTERY else None)
    decided = queries.order_drawn(db.session(), call)
    tickets = drawn(call.secret, decided) if call.is_decided else []
    return answer(
        "bursaries/draw.html",
        call=call,
        number=len(tickets),
        page=page_of_rows([(at, *one) for at, one in enumerate(tickets, 1)], page_asked()),
        agrees=[reference for reference, _ in tickets] == decided,
        is_seed_kept=digest_of_seed(call.secret) == call.digest,
    )


def own_of(call: BursaryCall) -> BursaryApplication | None:
    """The application of whoever is signed in, if there is one."""
    if not may(Permission.APPLY_FOR_BURSARY):
        return None
    return queries.own_application_to(db.session(), signed_in(), call)


def standing_of(call: BursaryCall) -> str:
    """How far a call has come, as everybody reads it."""
    if call.state is not CallState.PUBLISHED:
        return call.state.value
    if call.takes_applications(now()):
        return "open"
    return "closed" if call.has_closed(now()) else "not open yet"
