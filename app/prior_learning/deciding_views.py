"""Pages on which a programme lead sends a claim back, decides on it, and makes a decision void."""

from collections.abc import Callable
from typing import Any

from flask import Response, url_for

from app.models.academic.prior_learning import GRANTING, ClaimState, PriorLearningClaim
from app.models.people import Person
from app.platform.clock import today
from app.platform.db import db
from app.prior_learning import deciding
from app.prior_learning.base_views import blueprint, claim_to_decide
from app.prior_learning.deciding import Decided, granted_before
from app.prior_learning.forms import GRANTED, DecisionForm, ReasonForm, decision_form, uses_in
from app.prior_learning.words import remarks_on, rules_in_words
from app.rules.prior_learning.facts import Facts, facts_of, standing_uses
from app.rules.prior_learning.granting import Learning, field_of
from app.rules.prior_learning.said import Said
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion


@blueprint.get("/prior-learning/claims/<int:claim_id>/decide")
@requires(Permission.DECIDE_PRIOR_LEARNING)
def ask_decision(claim_id: int) -> Response:
    claim, learner = claim_to_decide(claim_id)
    if not deciding.may_decide(signed_in(), learner, claim):
        return go_to(url_for("prior_learning.show", claim_id=claim_id))
    note_opening(claim, learner)
    facts = facts_of(db.session(), claim)
    form = decision_form(facts, granted_before(claim), formdata=None, **begins_with(claim, facts))
    return deciding_page(form, claim, learner, facts)


def begins_with(claim: PriorLearningClaim, facts: Facts) -> dict[str, Any]:
    """What is there to begin with: of an appeal what was granted, else as much as is left of each source."""
    found: dict[str, Any] = {"decided_on": today(), "revision": claim.revision}
    granted = {use.source_id: use.credits for use in standing_uses(claim)}
    left = claim.credits
    for one in facts.learnt:
        usable = min(usable_of(one, facts.said), left)
        found[field_of(one.id)] = granted.get(one.id, 0) if granted else usable
        left -= usable
    return found


def usable_of(one: Learning, said: Said) -> int:
    """What could count of a source by itself: nothing of learning without credits, of which a person says how much."""
    is_too_low = said.lowest_level is not None and one.level is not None and one.level < said.lowest_level
    return 0 if one.is_lost or is_too_low else one.left or 0


@blueprint.post("/prior-learning/claims/<int:claim_id>/decide")
@requires(Permission.DECIDE_PRIOR_LEARNING)
def decide(claim_id: int) -> Response:
    claim, learner = claim_to_decide(claim_id)
    facts = facts_of(db.session(), claim)
    form = decision_form(facts, granted_before(claim))

    def done() -> None:
        is_sure = bool(form.is_sure.data)
        deciding.decide(db.session(), this_occasion(), claim, learner, decided_in(form, facts), is_sure=is_sure)

    if not form.does(done):
        return deciding_page(form, claim, learner, facts)
    flash(f"The decision is recorded. {learner.name} has an email with it, and what can be done about it.")
    return go_to(url_for("prior_learning.show", claim_id=claim_id))


def decided_in(form: DecisionForm, facts: Facts) -> Decided:
    return Decided(
        is_granted=form.is_granted,
        uses=uses_in(form, facts) if form.is_granted else {},
        reason=form.reason.data or "",
        decided_on=form.decided_on.given,
        exemption=form.exemption,
        revision=form.revision_read,
        is_upheld=form.is_upheld,
    )


def deciding_page(form: DecisionForm, claim: PriorLearningClaim, learner: Person, facts: Facts) -> Response:
    sources = {one.id: one for one in claim.sources}
    return answer(
        "prior_learning/decide.html",
        status=form.status,
        form=form,
        claim=claim,
        learner=learner,
        facts=facts,
        sources=sources,
        fields={one.id: form[field_of(one.id)] for one in facts.learnt},
        remarks={one.id: remarks_on(one, sources[one.id], facts.said, today()) for one in facts.learnt},
        rules=rules_in_words(facts.said),
        is_appeal=claim.state is ClaimState.APPEALED,
        granted=GRANTED,
    )


@blueprint.get("/prior-learning/claims/<int:claim_id>/send-back")
@requires(Permission.DECIDE_PRIOR_LEARNING)
def ask_what_is_missing(claim_id: int) -> Response:
    claim, learner = claim_to_decide(claim_id)
    if claim.state is not ClaimState.SENT:
        return go_to(url_for("prior_learning.show", claim_id=claim_id))
    return reason_page("prior_learning/send_back.html", ReasonForm(formdata=None), claim, learner)


@blueprint.post("/prior-learning/claims/<int:claim_id>/send-back")
@requires(Permission.DECIDE_PRIOR_LEARNING)
def send_back(claim_id: int) -> Response:
    said = "The claim is sent back. The learner has an email, and can change it and send it again."
    return done_with_reason(claim_id, deciding.send_back, "prior_learning/send_back.html", said)


@blueprint.get("/prior-learning/claims/<int:claim_id>/void")
@requires(Permission.DECIDE_PRIOR_LEARNING)
def ask_why_void(claim_id: int) -> Response:
    claim, learner = claim_to_decide(claim_id)
    if claim.state not in GRANTING:
        return go_to(url_for("prior_learning.show", claim_id=claim_id))
    return reason_page("prior_learning/void.html", ReasonForm(formdata=None), claim, learner)


@blueprint.post("/prior-learning/claims/<int:claim_id>/void")
@requires(Permission.DECIDE_PRIOR_LEARNING)
def make_void(claim_id: int) -> Response:
    said = "The decision is void, and its credits no longer count. All concerned have an email."
    return done_with_reason(claim_id, deciding.make_void, "prior_learning/void.html", said)


def done_with_reason(claim_id: int, deed: Callable[..., None], template: str, said: str) -> Response:
    (claim, learner), form = claim_to_decide(claim_id), ReasonForm()

    def done() -> None:
        is_sure = bool(form.is_sure.data)
        deed(db.session(), this_occasion(), claim, learner, form.reason.data, is_sure=is_sure)

    if not form.does(done):
        return reason_page(template, form, claim, learner)
    flash(said)
    return go_to(url_for("prior_learning.show", claim_id=claim_id))


def reason_page(template: str, form: ReasonForm, claim: PriorLearningClaim, learner: Person) -> Response:
    return answer(template, status=form.status, form=form, claim=claim, learner=learner)
