"""The blueprint of sign-offs, the loaders that its views share, and the page of one with what its reader can do."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, url_for
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.course.sign_offs import SignOffState
from app.models.operations.parties import Party
from app.models.people import Person
from app.models.placements import Placement
from app.phrasebook.of_placements.sign_offs import (
    PARTS,
    hours_by_category,
    lacks_in_words,
    said_facts,
    said_sign_off,
)
from app.platform.clock import today
from app.platform.db import db
from app.rules.sign_offs.facts import Facts, facts_of
from app.rules.sign_offs.kind import SIGN_OFF
from app.rules.sign_offs.parts import can_be_asked_on, is_second_part_of, party_of
from app.rules.sign_offs.standing import PlacementSignOff, sign_off_of
from app.sign_offs import queries
from app.sign_offs.service import can_be_excepted, is_ready_to_decide, waits_for_study_team
from app.web.access import found, signed_in
from app.web.addresses import full_address
from app.web.fields import Form
from app.web.htmx import answer, go_to
from app.web.looking import note_opening

blueprint = Blueprint("sign_offs", __name__)
OF_PLACEMENT = "/placements/<int:placement_id>/sign-off"
Loader = Callable[[Session, Person, int], Placement | None]


def placement_by(loader: Loader, placement_id: int) -> Placement:
    """The placement, if the loader lets whoever is signed in reach it, or 404."""
    placement: Placement = found(loader(db.session(), signed_in(), placement_id))
    return placement


def seen_placement(placement_id: int) -> Placement:
    return placement_by(queries.placement_seen, placement_id)


def link_address(secret: str) -> str:
    """Where whoever the mentor named confirms a sign-off without signing in."""
    return full_address("sign_offs.ask_by_link", secret=secret)


def address_of(placement: Placement) -> str:
    return url_for("sign_offs.show", placement_id=placement.id)


def back_to(placement: Placement) -> Response:
    return go_to(address_of(placement))


def refused(deed: Callable[[], object]) -> Refused | None:
    """Why a deed of one button cannot be done, after which nothing of it is left."""
    try:
        deed()
    except Refused as refusal:
        db.session().rollback()
        return refusal
    return None


def as_it_is_now(placement_id: int, refusal: Refused) -> Response:
    status = 409 if isinstance(refusal, Overtaken) else 422
    return page_about(seen_placement(placement_id), refusal.message, status)


def page_about(placement: Placement, complaint: str = "", status: int = 200) -> Response:
    """A sign-off as it stands, with what the reader can do about it."""
    note_opening(placement, placement.learner)
    latest = sign_off_of(db.session(), placement)
    is_attested = latest is not None and bool(latest.sign_off.facts)
    facts = latest.sign_off.facts if latest and is_attested else facts_of(db.session(), placement, today())
    return answer(
        "sign_offs/show.html",
        status=status,
        complaint=complaint,
        placement=placement,
        latest=latest,
        said=said_sign_off(placement, latest, today()),
        is_attested=is_attested,
        **about_facts(facts),
        **deeds_of(placement, latest),
    )


def about_facts(facts: Facts) -> dict[str, Any]:
    """What pages show of a record."""
    return {
        "facts": said_facts(facts),
        "by_category": hours_by_category(facts),
        "lacks": lacks_in_words(facts),
        "counted_on": facts["day"],
        "part_names": PARTS,
        "wording": SIGN_OFF.wording,
    }


def deeds_of(placement: Placement, latest: PlacementSignOff | None) -> dict[str, Any]:
    """What the reader can do now; whoever only reads has no deeds."""
    reader, session = signed_in(), db.session()
    party = party_of(session, reader, placement)
    sign_off = latest.sign_off if latest else None
    is_open = sign_off is not None and sign_off.state is SignOffState.OPEN
    is_live = is_open or (latest is not None and latest.is_signed_off)
    waits = latest is not None and waits_for_study_team(latest)
    is_mentor = party is Party.MENTOR
    confirms_herself = sign_off is not None and sign_off.confirmer_id == placement.mentor_id
    oversees = queries.placement_overseen(session, reader, placement.id) is not None
    decides = queries.placement_decided(session, reader, placement.id) is not None
    is_barred = sign_off is not None and is_second_part_of(sign_off, Party.ACADEMIC_SUPERVISOR, reader)
    return {
        "can_ask": party in (Party.LEARNER, Party.MENTOR) and not is_live and can_be_asked_on(placement, today()),
        "can_attest": is_mentor and is_open,
        "has_attested": latest is not None and Party.MENTOR in latest.standing.signatures,
        "can_send_link": is_mentor and waits and not confirms_herself,
        "can_confirm": is_mentor and waits and confirms_herself and sign_off and not can_be_excepted(sign_off),
        "can_except": oversees and waits and sign_off is not None and can_be_excepted(sign_off),
        "can_decide": decides and latest is not None and is_ready_to_decide(latest) and not is_barred,
        "can_return": is_open and (is_mentor or decides),
        "can_void": oversees and latest is not None and latest.is_signed_off,
        "is_at_university": oversees,
    }


def not_to_do(form: Form, placement: Placement) -> Response:
    """Where something is not to be done now: the sign-off as it stands, with what a rule said where it was sent."""
    said = form.error_list()
    return page_about(placement, said[0]["text"], form.status) if said else back_to(placement)


def form_page(template: str, form: Form, placement: Placement, **values: Any) -> Response:
    """A page that asks something about the sign-off of a placement."""
    back = address_of(placement)
    return answer(template, status=form.status, form=form, placement=placement, back=back, **values)
