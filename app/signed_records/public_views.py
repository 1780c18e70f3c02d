"""Pages and files for whoever was given a record, without an account: how it stands, whether it is whole, which key."""

from flask import Blueprint, Response, jsonify

from app.language.refusal import Refused
from app.models.course.signed_records import IssuedRecord, RecordKey
from app.platform.clock import now
from app.platform.db import db, writes_at_the_end
from app.rules.sign_offs.issued import standing_of
from app.signed_records import said
from app.signed_records.base_views import issuer_address, key_address, status_address
from app.signed_records.bundle.archive import shown_key
from app.signed_records.bundle.verify import NotARecord
from app.signed_records.checking import Told, told_of
from app.signed_records.forms import CheckForm
from app.signed_records.queries import addresses_that_stand_no_longer, public_key, record_at
from app.web.access import found, open_to_all
from app.web.addresses import addresses_like, full_address
from app.web.htmx import answer
from app.web.security import limit_deeds, limit_guesses

blueprint = Blueprint("public", __name__)
MANY = "60 per 15 minutes"


@blueprint.get("/check-record")
@open_to_all
def ask() -> Response:
    return checking_page(CheckForm(formdata=None))


@blueprint.post("/check-record")
@open_to_all
@writes_at_the_end
@limit_guesses("30 per 15 minutes")
@limit_deeds("30 per 15 minutes")
def check() -> Response:
    """Writes nothing, and keeps nothing of what was given."""
    form = CheckForm()
    told: list[Told] = []
    if not form.does(lambda: told.append(told_in(form))):
        return checking_page(form)
    return answer("signed_records/checked.html", told=told[0], heading=said.HEADINGS, words=said.WORDS)


def told_in(form: CheckForm) -> Told:
    try:
        return told_of(db.session(), form.content())
    except NotARecord as fault:
        raise Refused(str(fault), "file") from fault


def checking_page(form: CheckForm) -> Response:
    return answer("signed_records/check.html", status=form.status, form=form)


@blueprint.get("/records/<record_address>")
@open_to_all
@limit_guesses(MANY)
def standing(record_address: str) -> Response:
    """Says nothing about anybody: whoever has no file learns that there is a record, and whether it stands."""
    issued: IssuedRecord = found(record_at(db.session(), record_address))
    how = standing_of(issued)
    return answer("signed_records/standing.html", issued=issued, standing=how, words=said.STANDINGS[how])


@blueprint.get("/records/<record_address>/standing.json")
@open_to_all
@limit_guesses(MANY)
def standing_for_programs(record_address: str) -> Response:
    issued: IssuedRecord = found(record_at(db.session(), record_address))
    return jsonify(
        record=full_address("signed_records.public.standing", record_address=record_address),
        standing=standing_of(issued).value,
        issued_at=issued.issued_at.isoformat(),
        key=key_address(issued.key_id),
        sha256=issued.file_digest,
        asked_at=now().isoformat(),
    )


@blueprint.get("/records/no-longer-standing.json")
@open_to_all
def no_longer_standing() -> Response:
    """The revocation list to which every credential points (1EdTechRevocationList)."""
    address_of = addresses_like("signed_records.public.standing", "record_address")
    addresses = addresses_that_stand_no_longer(db.session())
    return jsonify(
        id=status_address(),
        issuer=issuer_address(),
        revokedCredential=[{"id": address_of(one), "revoked": True} for one in addresses],
    )


@blueprint.get("/keys/<record_key>")
@open_to_all
@limit_guesses(MANY)
def key(record_key: str) -> Response:
    """A public key, at the address that stands in what it signed, for ever."""
    known = found(public_key(db.session(), record_key))
    row = db.session.get(RecordKey, record_key)
    since = {"compromised_from": row.warning.compromised_from.isoformat()} if row and row.warning else {}
    response = jsonify({**shown_key(known, key_address(record_key)), **since})
    response.mimetype = "application/jwk+json"
    return response
