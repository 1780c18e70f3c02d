"""Pages of learning agreements: one as it stands, as it was signed, to print, and those that wait for the reader."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Response, request, url_for

from app.agreements import queries, service, template_views, writing_views
from app.agreements.base_views import agreement_read, back_to, blueprint, placement_read
from app.agreements.forms import ReopenForm
from app.agreements.home import home_items_of
from app.agreements.moves import AGREEMENTS, GAVE, WROTE, reopening_by
from app.language.numbers import listed
from app.language.refusal import Overtaken, Refused
from app.models.course.agreements import AgreementState, LearningAgreement
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.models.people import Person
from app.models.placements import Placement
from app.phrasebook.of_placements.agreements import cannot_be_given, nobody_can_sign, said, said_short, signer_in_words
from app.platform.clock import today
from app.platform.db import db
from app.rules.academic.supervisors import supervisor_of
from app.rules.agreements.capabilities import wordings_now
from app.rules.agreements.kind import AGREEMENT, agreement_of, content_of, standings_of
from app.rules.agreements.lacks import lacks_of
from app.rules.agreements.parts import is_missing, part_of
from app.rules.signing.standing import Standing
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer
from app.web.looking import note_opening
from app.web.occasions import this_occasion
from app.web.paging import page_of

__all__ = ["HOME_SOURCES", "blueprint", "template_views", "writing_views"]

HOME_SOURCES = (home_items_of,)


@blueprint.get("/agreements")
@requires(Permission.SIGN_AGREEMENT)
def waiting() -> Response:
    """Every agreement that waits for the reader's signature."""
    page = page_of(db.session(), queries.waiting_for(signed_in(), today()), page_asked())
    return answer("agreements/waiting.html", page=page, standings=standings_of(db.session(), page.rows))


@blueprint.get("/placements/<int:placement_id>/agreement")
@requires(Permission.SEE_AGREEMENT)
def show(placement_id: int) -> Response:
    return page_about(placement_read(placement_id))


def page_about(placement: Placement, complaint: str = "", status: int = 200) -> Response:
    """The agreement as it stands, or that there is none, with what the reader can do about it."""
    note_opening(placement, placement.learner)
    session, reader = db.session(), signed_in()
    agreement = agreement_of(session, placement)
    standing = AGREEMENT.standing(session, agreement) if agreement else None
    return answer(
        "agreements/show.html",
        status=status,
        complaint=complaint,
        placement=placement,
        agreement=agreement,
        short=said_short(placement, agreement, standing, reader.id, today()),
        is_learner=placement.learner_id == reader.id,
        runs=placement.can_change_on(today()),
        person=reader,
        today=today(),
        **(of_agreement(agreement, standing) if agreement and standing else {}),
    )


def of_agreement(agreement: LearningAgreement, standing: Standing) -> dict[str, Any]:
    """What it says, who has signed, what it lacks, and which deeds the reader has."""
    session, placement = db.session(), agreement.placement
    party = part_of(db.session(), signed_in(), placement)
    runs, has_capabilities = (
        placement.can_change_on(today()),
        bool(wordings_now(session, placement.module.programme_id)),
    )
    lacks = lacks_of(agreement, has_capabilities)
    can = {move.deed for move in AGREEMENTS.possible(agreement.state, party)} if party and runs else set()
    absent = [one for one in standing.missing if runs and is_missing(session, one, placement)]
    mine = standing.signed_by(signed_in().id)
    return {
        "standing": standing,
        "said": said(content_of(agreement)),
        "signers": [(one, signer_in_words(one, placement), standing.signatures.get(one)) for one in standing.signers],
        "wording": AGREEMENT.wording,
        "own_supervisor": supervisor_of(session, placement),
        "is_signer": party is not None,
        "can_write": WROTE in can,
        "can_give": GAVE in can and not lacks,
        "lacks": cannot_be_given(lacks) if GAVE in can and lacks else "",
        "reopened": queries.last_reopening(session, agreement) if agreement.state is AgreementState.DRAFT else None,
        "all_signatures": sorted([*standing.signatures.values(), *standing.past], key=lambda one: one.id),
        "can_sign": AGREEMENTS.sign_deed in can and party in standing.missing and mine is None,
        "can_reopen": party is not None and reopening_by(party) in can,
        "absent": nobody_can_sign(absent, placement),
    }


@blueprint.get("/placements/<int:placement_id>/agreement/print")
@requires(Permission.SEE_AGREEMENT)
def printable(placement_id: int) -> Response:
    """All of it on one page, as it stands now."""
    agreement = agreement_read(placement_id)
    note_opening(agreement.placement, agreement.placement.learner)
    standing = AGREEMENT.standing(db.session(), agreement)
    return answer(
        "agreements/print.html",
        placement=agreement.placement,
        agreement=agreement,
        short=said_short(agreement.placement, agreement, standing, 0, today()),
        today=today(),
        **of_agreement(agreement, standing),
    )


@blueprint.get("/placements/<int:placement_id>/agreement/signatures/<int:signature_id>")
@requires(Permission.SEE_AGREEMENT)
def as_signed(placement_id: int, signature_id: int) -> Response:
    """What somebody signed, word for word, whether it stands or not."""
    agreement = agreement_read(placement_id)
    standing = AGREEMENT.standing(db.session(), agreement)
    rows = [*standing.signatures.values(), *standing.past]
    signature: Signature = found(next((one for one in rows if one.id == signature_id), None))
    note_opening(agreement.placement, agreement.placement.learner)
    return answer(
        "agreements/as_signed.html",
        placement=agreement.placement,
        signature=signature,
        stands=signature in standing.signatures.values(),
        words=AGREEMENT.words_of(signature),
        said=said(json.loads(signature.signed.content)["content"]),
        is_signer=part_of(db.session(), signed_in(), agreement.placement) is not None,
    )


@blueprint.post("/placements/<int:placement_id>/agreement/sign")
@requires(Permission.SIGN_AGREEMENT)
def sign(placement_id: int) -> Response:
    """Sign what was read; where it cannot be, the page says why, and shows how it is now."""
    agreement = agreement_read(placement_id)
    try:
        service.sign(db.session(), this_occasion(), agreement, request.form.get("seen", ""))
    except Refused as refusal:
        db.session().rollback()
        return page_about(placement_read(placement_id), refusal.message, 409 if isinstance(refusal, Overtaken) else 422)
    missing = AGREEMENT.standing(db.session(), agreement).missing
    left = listed([signer_in_words(one, agreement.placement) for one in missing]) if missing else ""
    flash(f"You have signed it. It waits for {left}." if left else "You have signed it. Now all have, and are told.")
    return back_to(placement_id)


@blueprint.get("/placements/<int:placement_id>/agreement/change")
@requires(Permission.SIGN_AGREEMENT)
def ask_reopening(placement_id: int) -> Response:
    agreement = agreement_read(placement_id)
    if not agreement.placement.can_change_on(today()):
        return back_to(placement_id)
    return reopening_page(ReopenForm(formdata=None), agreement)


@blueprint.post("/placements/<int:placement_id>/agreement/change")
@requires(Permission.SIGN_AGREEMENT)
def reopen(placement_id: int) -> Response:
    agreement, form = agreement_read(placement_id), ReopenForm()
    told: list[str] = []
    if form.does(lambda: told.extend(one.name for one in reopened_as_said(agreement, form))):
        words = f" {listed(told)} {'is' if len(told) == 1 else 'are'} told by email." if told else ""
        flash(f"It can be changed now.{words}")
        return back_to(placement_id)
    return reopening_page(form, agreement)


def reopened_as_said(agreement: LearningAgreement, form: ReopenForm) -> Sequence[Person]:
    reason, is_sure = str(form.reason.data), bool(form.is_sure.data)
    return service.reopen(db.session(), this_occasion(), agreement, reason, is_sure=is_sure)


def reopening_page(form: ReopenForm, agreement: LearningAgreement) -> Response:
    party = part_of(db.session(), signed_in(), agreement.placement)
    if party is None or not AGREEMENTS.can(reopening_by(party), agreement.state, party):
        return back_to(agreement.placement_id)
    standing = AGREEMENT.standing(db.session(), agreement)
    others = [one.signer_name for one in standing.signatures.values() if one.signer_id != signed_in().id]
    return answer(
        "agreements/reopen.html",
        status=form.status,
        form=form,
        placement=agreement.placement,
        is_learner=party is Party.LEARNER,
        signed=listed(others) if others else "",
        has_signed=standing.signed_by(signed_in().id) is not None,
        address=url_for("agreements.reopen", placement_id=agreement.placement_id),
    )
