"""Pages on which a lead records a decision about one learner's credit, or says that one is void."""

from collections.abc import Sequence

from flask import Blueprint, Response, url_for

from app.models.people import Person
from app.models.programmes import CreditDecision, Enrolment, Module
from app.phrasebook.of_programmes.credit import decision_in_words, evidence_in_words, said_thin
from app.platform.clock import today
from app.platform.db import db
from app.progress import service
from app.progress.forms import CreditForm, VoidForm
from app.progress.queries import decision_decided_by, enrolment_decided_by
from app.promises.credit.deciding import Learner
from app.rules.credit.counting import counting
from app.rules.credit.thin import records_of
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("credit", __name__)


@blueprint.get("/progress/<int:enrolment_id>/credit")
@requires(Permission.DECIDE_CREDIT)
def ask(enrolment_id: int) -> Response:
    enrolment, learner = enrolled(enrolment_id)
    form = CreditForm(formdata=None, decided_on=today())
    form.offer_modules(enrolment.modules)
    return credit_page(form, enrolment, learner)


@blueprint.post("/progress/<int:enrolment_id>/credit")
@requires(Permission.DECIDE_CREDIT)
def decide(enrolment_id: int) -> Response:
    enrolment, learner = enrolled(enrolment_id)
    form = CreditForm()
    form.offer_modules(enrolment.modules)
    if form.does(lambda: decide_as_said(form, enrolment, learner)):
        flash(f"The decision is recorded, and {learner.name} is told by email.")
        return go_to(url_for("progress.show", enrolment_id=enrolment.id))
    return credit_page(form, enrolment, learner)


def decide_as_said(form: CreditForm, enrolment: Enrolment, learner: Person) -> None:
    module = next(module for module in enrolment.modules if str(module.id) == form.module.data)
    service.decide_credit(
        db.session(),
        this_occasion(),
        Learner(enrolment, learner),
        module,
        form.said,
        form.decided_on.given,
        full_address("boards.mine"),
        is_sure=bool(form.is_sure.data),
    )


def credit_page(form: CreditForm, enrolment: Enrolment, learner: Person) -> Response:
    """It says what is on record for each module, and what is missing there: then a decision asks for a reason."""
    records = records_of(db.session(), [(learner.id, one) for one in enrolment.modules])
    return answer(
        "progress/credit.html",
        status=form.status,
        form=form,
        enrolment=enrolment,
        learner=learner,
        on_record=[
            (one, evidence_in_words(record.evidence), said_thin(record))
            for one in in_practice_first(enrolment.modules)
            if (record := records[learner.id, one.id]).evidence or record.thin
        ],
    )


def in_practice_first(modules: Sequence[Module]) -> Sequence[Module]:
    return sorted(modules, key=lambda one: one.kind.name)


@blueprint.get("/credit-decisions/<int:decision_id>/void")
@requires(Permission.DECIDE_CREDIT)
def ask_void(decision_id: int) -> Response:
    enrolment, learner, decision = decided(decision_id)
    if not decision.stands:
        return go_to(url_for("progress.show", enrolment_id=enrolment.id))
    return void_page(VoidForm(formdata=None), enrolment, learner, decision)


@blueprint.post("/credit-decisions/<int:decision_id>/void")
@requires(Permission.DECIDE_CREDIT)
def make_void(decision_id: int) -> Response:
    enrolment, learner, decision = decided(decision_id)
    form = VoidForm()
    if form.does(lambda: void_as_said(form, enrolment, learner, decision)):
        flash(f"The decision is void, and {learner.name} is told by email what counts now.")
        return go_to(url_for("progress.show", enrolment_id=enrolment.id))
    return void_page(form, enrolment, learner, decision)


def void_as_said(form: VoidForm, enrolment: Enrolment, learner: Person, decision: CreditDecision) -> None:
    service.make_void(
        db.session(),
        this_occasion(),
        Learner(enrolment, learner),
        decision,
        form.reason.data,
        full_address("boards.mine"),
        is_sure=bool(form.is_sure.data),
    )


def void_page(form: VoidForm, enrolment: Enrolment, learner: Person, decision: CreditDecision) -> Response:
    """It says what would count then: what was decided before, or nothing."""
    others = (one for one in enrolment.decisions if one.id != decision.id)
    return answer(
        "progress/void.html",
        status=form.status,
        form=form,
        enrolment=enrolment,
        learner=learner,
        decision=decision,
        says=decision_in_words(decision),
        then=counting(others).get(decision.module_id),
        in_words=decision_in_words,
    )


def enrolled(enrolment_id: int) -> tuple[Enrolment, Person]:
    one: tuple[Enrolment, Person] = found(enrolment_decided_by(db.session(), signed_in(), enrolment_id))
    return one


def decided(decision_id: int) -> tuple[Enrolment, Person, CreditDecision]:
    one: tuple[Enrolment, Person, CreditDecision] = found(decision_decided_by(db.session(), signed_in(), decision_id))
    return one
