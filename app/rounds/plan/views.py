"""The plan of a round for everybody whom it concerns, and the page that announces its policy."""

from flask import Blueprint, Response, url_for

from app.language.numbers import count
from app.language.refusal import Overtaken, Refused
from app.models.rounds import MatchRound
from app.platform.clock import now
from app.platform.db import db
from app.rounds.plan import service
from app.rounds.plan.forms import AnnounceForm
from app.rounds.plan.queries import days_to_answer, plan_of, said_in
from app.rounds.policies import POLICIES, rewards_of, stages_of
from app.rounds.queries import round_of
from app.rounds.service import refuse_published
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_in
from app.web.htmx import answer, go_to

blueprint = Blueprint("plan", __name__)


@blueprint.get("/rounds/<int:round_id>/plan")
@requires(Permission.SEE_PLAN)
def show(round_id: int) -> Response:
    round_: MatchRound = found(plan_of(db.session(), signed_in(), round_id))
    return answer(
        "rounds/plan/plan.html",
        round=round_,
        said=said_in(round_),
        days=days_to_answer(round_),
        is_coordinator=not signed_in().network_ids().isdisjoint(network.id for network in round_.networks),
        now=now(),
    )


@blueprint.get("/rounds/<int:round_id>/plan/policy")
@requires(Permission.RUN_ROUNDS)
def ask(round_id: int) -> Response:
    round_: MatchRound = found(round_of(db.session(), signed_in(), round_id))
    refuse_published(round_)
    return page(round_, AnnounceForm(shown=len(round_.announcements)))


@blueprint.post("/rounds/<int:round_id>/plan/policy")
@requires(Permission.RUN_ROUNDS)
def announce(round_id: int) -> Response:
    round_: MatchRound = found(round_of(db.session(), signed_in(), round_id, for_update=True))
    refuse_published(round_)
    form = AnnounceForm()
    if form.validate():
        try:
            told = service.announce_policy(
                db.session(),
                signed_in(),
                now(),
                round_,
                stages_of(form.policy.data),
                form.reason.data,
                id_in(form.shown.data) or 0,
                full_address("rounds.plan.show", round_id=round_.id),
                is_sure=form.is_sure.data,
            )
        except Overtaken:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            whom = f"{count(told, 'learner is', 'learners are')} told by email. " if told else ""
            flash(f"The policy is announced. {whom}It stands in the plan of the round, to which each request leads.")
            return go_to(url_for("rounds.plan.show", round_id=round_.id))
    return page(round_, form)


def page(round_: MatchRound, form: AnnounceForm) -> Response:
    return answer(
        "rounds/plan/announce.html",
        round=round_,
        form=form,
        rewards={policy.key: rewards_of(stages_of(policy.key)) for policy in POLICIES},
        needs_reason=service.needs_reason(round_, now()),
        told=len(service.learners_waiting(db.session(), round_)) if round_.announced else 0,
        status=form.status,
    )
