"""Pages on which a learner writes claims of prior learning, sends them, takes them back and appeals."""

from collections import defaultdict

from flask import Response, url_for

from app.models.academic.prior_learning import TO_WRITE, PriorLearningClaim
from app.models.programmes import CREDITS_A_LEVEL, Enrolment, Module
from app.platform.clock import today
from app.platform.db import db
from app.prior_learning import queries, service
from app.prior_learning.base_views import blueprint, own_claim, own_enrolment
from app.prior_learning.forms import ChangeClaimForm, ClaimForm, ReasonForm, answers_of
from app.prior_learning.service import Written
from app.prior_learning.words import rules_in_words
from app.rules.credit.held import held_of
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.fields import Form
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/prior-learning")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def mine() -> Response:
    """Her claims by programme, with what each university says of prior learning."""
    session = db.session()
    enrolments = queries.enrolments_of(session, signed_in())
    claims: defaultdict[int, list[PriorLearningClaim]] = defaultdict(list)
    for claim in queries.claims_of(session, signed_in()):
        claims[claim.enrolment_id].append(claim)
    said = {one.id: service.said_of(session, one) for one in enrolments}
    return answer(
        "prior_learning/mine.html",
        enrolments=enrolments,
        claims=claims,
        held=held_of(session, enrolments),
        rules={id_: rules_in_words(one) for id_, one in said.items()},
        can_begin={one.id for one in enrolments if can_begin(one)},
        credits_a_level=CREDITS_A_LEVEL,
    )


def can_begin(enrolment: Enrolment) -> bool:
    """Whether anything is left to claim."""
    is_running = enrolment.ended_on is None or enrolment.ended_on >= today()
    return is_running and service.is_possible(enrolment) and bool(modules_left(enrolment))


def modules_left(enrolment: Enrolment, but_of: PriorLearningClaim | None = None) -> list[tuple[Module, int]]:
    """The modules that can be claimed, each with its credits."""
    held = held_of(db.session(), [enrolment])[enrolment.id]
    if held.is_complete:
        return []
    others = queries.open_claims_of(db.session(), enrolment)
    taken = {one.module_id for one in others if but_of is None or one.id != but_of.id}
    return [
        (one, held.to_earn(one))
        for one in enrolment.modules
        if one.id not in taken and not held.decided.get(one.id) and not held.is_exempt(one)
    ]


def offer_aims(form: ClaimForm, enrolment: Enrolment, but_of: PriorLearningClaim | None = None) -> None:
    is_whole = service.said_of(db.session(), enrolment).is_whole_modules
    form.offer(modules_left(enrolment, but_of), takes_amounts=not is_whole)


@blueprint.get("/prior-learning/of/<int:enrolment_id>/new")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def ask_aim(enrolment_id: int) -> Response:
    enrolment = own_enrolment(enrolment_id)
    if not can_begin(enrolment):
        return go_to(url_for("prior_learning.mine"))
    return writing_page(ClaimForm(formdata=None), enrolment)


@blueprint.post("/prior-learning/of/<int:enrolment_id>/new")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def begin(enrolment_id: int) -> Response:
    enrolment, form = own_enrolment(enrolment_id), ClaimForm()
    offer_aims(form, enrolment)
    made: list[PriorLearningClaim] = []

    def done() -> None:
        is_sure = bool(form.is_sure.data)
        made.append(
            service.begin(db.session(), this_occasion(), enrolment, written_in(form, enrolment), is_sure=is_sure)
        )

    if not form.does(done):
        return writing_page(form, enrolment)
    db.session.flush()
    flash("Your claim is begun. Nobody else sees it before you send it. Now name what you have learnt.")
    return go_to(url_for("prior_learning.show", claim_id=made[0].id))


def written_in(form: ClaimForm, enrolment: Enrolment) -> Written:
    module = next((one for one in enrolment.modules if str(one.id) == form.module.data), None)
    return Written(module, form.credits.data or 0, form.words.data)


def writing_page(form: ClaimForm, enrolment: Enrolment, claim: PriorLearningClaim | None = None) -> Response:
    offer_aims(form, enrolment, claim)
    return answer(
        "prior_learning/claim_form.html",
        status=form.status,
        form=form,
        enrolment=enrolment,
        claim=claim,
        rules=rules_in_words(service.said_of(db.session(), enrolment)),
    )


@blueprint.get("/prior-learning/claims/<int:claim_id>/change")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def ask_change(claim_id: int) -> Response:
    claim = own_claim(claim_id)
    if claim.state not in TO_WRITE:
        return go_to(url_for("prior_learning.show", claim_id=claim_id))
    return writing_page(ChangeClaimForm(formdata=None, **answers_of(claim)), claim.enrolment, claim)


@blueprint.post("/prior-learning/claims/<int:claim_id>/change")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def change(claim_id: int) -> Response:
    claim, form = own_claim(claim_id), ChangeClaimForm()
    enrolment = claim.enrolment
    offer_aims(form, enrolment, claim)
    present = ChangeClaimForm(formdata=None, **answers_of(claim))
    offer_aims(present, enrolment, claim)

    def done() -> None:
        is_sure = bool(form.is_sure.data)
        service.change(db.session(), this_occasion(), claim, written_in(form, enrolment), is_sure=is_sure)

    if not (form.rests_on(present, claim) and form.does(done)):
        return writing_page(form, enrolment, claim)
    flash("Your claim is changed.")
    return go_to(url_for("prior_learning.show", claim_id=claim_id))


@blueprint.post("/prior-learning/claims/<int:claim_id>/send")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def send(claim_id: int) -> Response:
    claim = own_claim(claim_id)
    service.send(db.session(), this_occasion(), claim)
    flash(
        f"Your claim is sent to {claim.enrolment.programme.provider.name}. The programme leads have an email, and you "
        "get one when it is decided or something is missing."
    )
    return go_to(url_for("prior_learning.show", claim_id=claim_id))


@blueprint.get("/prior-learning/claims/<int:claim_id>/withdraw")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def ask_withdraw(claim_id: int) -> Response:
    return answer("prior_learning/withdraw.html", claim=own_claim(claim_id))


@blueprint.post("/prior-learning/claims/<int:claim_id>/withdraw")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def withdraw(claim_id: int) -> Response:
    service.withdraw(db.session(), this_occasion(), own_claim(claim_id))
    flash("Your claim is withdrawn. You can make another at any time.")
    return go_to(url_for("prior_learning.mine"))


@blueprint.get("/prior-learning/claims/<int:claim_id>/appeal")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def ask_appeal(claim_id: int) -> Response:
    claim = own_claim(claim_id)
    if not service.may_appeal(claim, service.said_of(db.session(), claim.enrolment), today()):
        return go_to(url_for("prior_learning.show", claim_id=claim_id))
    return appeal_page(ReasonForm(formdata=None), claim)


@blueprint.post("/prior-learning/claims/<int:claim_id>/appeal")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def appeal(claim_id: int) -> Response:
    claim, form = own_claim(claim_id), ReasonForm()

    def done() -> None:
        service.appeal(db.session(), this_occasion(), claim, form.reason.data, is_sure=bool(form.is_sure.data))

    if not form.does(done):
        return appeal_page(form, claim)
    flash("Your appeal is sent. Somebody other than whoever decided first decides, and you get an email.")
    return go_to(url_for("prior_learning.show", claim_id=claim_id))


@blueprint.post("/prior-learning/claims/<int:claim_id>/take-appeal-back")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def take_appeal_back(claim_id: int) -> Response:
    service.take_appeal_back(db.session(), this_occasion(), own_claim(claim_id))
    flash("Your appeal is taken back. What was decided stands.")
    return go_to(url_for("prior_learning.show", claim_id=claim_id))


def appeal_page(form: Form, claim: PriorLearningClaim) -> Response:
    last = service.last_day_to_appeal(claim, service.said_of(db.session(), claim.enrolment))
    return answer("prior_learning/appeal.html", status=form.status, form=form, claim=claim, last=last)
