"""The pages of prior learning: one claim, all claims of a university, and those in the modules beside this one."""

from flask import Response, request

from app.models.academic.prior_learning import GRANTING, TO_WRITE, ClaimState, CreditUse, SourceKind
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import Party, story_of
from app.prior_learning import deciding, deciding_views, queries, service, source_views, writing_views
from app.prior_learning.base_views import blueprint, claim_read
from app.prior_learning.home import home_items_of
from app.prior_learning.moves import CLAIMS, SEND, SEND_BACK, WITHDRAW
from app.prior_learning.settings import views as settings_views
from app.prior_learning.telling import first_decider_id
from app.prior_learning.words import NEW_SOURCES, outcome_in_words, remarks_on, rules_in_words, source_in_words
from app.rules.prior_learning.facts import facts_of
from app.rules.prior_learning.lost import lost_uses
from app.web.access import Permission, may, requires, signed_in
from app.web.edge.numbers import page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer
from app.web.looking import note_opening

__all__ = ["HOME_SOURCES", "blueprint", "deciding_views", "settings_views", "source_views", "writing_views"]

HOME_SOURCES = (home_items_of,)
blueprint.register_blueprint(settings_views.blueprint)


@blueprint.get("/prior-learning/claims/<int:claim_id>")
@requires(Permission.SEE_PRIOR_LEARNING)
def show(claim_id: int) -> Response:
    session, person = db.session(), signed_in()
    claim, learner = claim_read(claim_id)
    note_opening(claim, learner)
    facts = facts_of(session, claim)
    sources = {one.id: one for one in claim.sources}
    is_learner = learner.id == person.id
    leads = not is_learner and queries.claim_decided_by(session, person, claim_id) is not None
    return answer(
        "prior_learning/claim.html",
        claim=claim,
        learner=learner,
        is_learner=is_learner,
        facts=facts,
        sources=sources,
        remarks={one.id: remarks_on(one, sources[one.id], facts.said, today()) for one in facts.learnt},
        words_of=source_in_words,
        outcome_of=outcome_in_words,
        rules=rules_in_words(facts.said),
        lost=[one.in_words for one in lost_uses(session, CreditUse.claim_id == claim.id)],
        story=story_of(session, claim),
        new_kinds=kinds_to_add(claim.enrolment_id) if is_learner else (),
        may_send=is_learner and CLAIMS.can(SEND, claim.state, Party.LEARNER) and bool(claim.sources),
        may_write=is_learner and claim.state in TO_WRITE,
        may_withdraw=is_learner and CLAIMS.can(WITHDRAW, claim.state, Party.LEARNER),
        may_appeal=is_learner and service.may_appeal(claim, facts.said, today()),
        appeal_until=service.last_day_to_appeal(claim, facts.said),
        is_appealed=claim.state is ClaimState.APPEALED,
        may_decide=leads and deciding.may_decide(person, learner, claim),
        decided_first=leads and claim.state is ClaimState.APPEALED and first_decider_id(claim) == person.id,
        may_send_back=leads and CLAIMS.can(SEND_BACK, claim.state, Party.PROGRAMME_LEAD),
        may_void=leads and claim.state in GRANTING,
    )


def kinds_to_add(enrolment_id: int) -> list[tuple[str, str]]:
    """The kinds of sources of which she has something to name."""
    session, person = db.session(), signed_in()
    kinds = [SourceKind.MODULE, SourceKind.EXPERIENCE]
    if queries.credit_held_by(session, person, enrolment_id):
        kinds.append(SourceKind.HERE)
    if queries.records_held_by(session, person):
        kinds.append(SourceKind.RECORD)
    return [(one.name, NEW_SOURCES[one]) for one in kinds]


@blueprint.get("/prior-learning/all")
@requires(Permission.SEE_PROGRESS)
def index() -> Response:
    named = request.args.get("state", "")
    state = next((one for one in ClaimState if one.value == named), None)
    page = queries.claims_listed(db.session(), signed_in(), words_asked(), state, page_asked())
    return answer(
        "prior_learning/index.html",
        "prior_learning/_claims.html",
        page=page,
        names=queries.names_of(db.session(), page.rows),
        chosen={name: request.args[name] for name in ("q", "state") if request.args.get(name)},
        states=[one.value for one in ClaimState if one is not ClaimState.DRAFT],
        sets_rules=may(Permission.SET_PRIOR_LEARNING),
    )
