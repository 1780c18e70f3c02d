"""The page of one learner in a run: what she got, why this, why not each that she would rather have had."""

from flask import Response

from app.models.requests import PlacementRequest, RequestState
from app.models.runs import QuestionKind, Run
from app.platform.clock import today
from app.platform.db import db
from app.rounds.queries import pin_of
from app.rounds.questions.base_views import address_of, ask, asked, blueprint, solved_reached
from app.rounds.questions.queries import proposal_for, request_in_run, unplaced_for
from app.rounds.questions.telling.placing import explained, not_possible
from app.rounds.questions.what_if_views import supposed_asked
from app.web.access import Permission, found, requires
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from matching.interest import fit_word


@blueprint.get("/runs/<int:run_id>/requests/<int:request_id>")
@requires(Permission.RUN_ROUNDS)
def one_learner(run_id: int, request_id: int) -> Response:
    run = solved_reached(run_id)
    wish = request_reached(run, request_id)
    note_opening(wish, wish.learner)
    session, state = db.session(), asked(run, QuestionKind.EXPLANATION, wish.id)
    proposal = proposal_for(session, run, wish)
    because = explained(session, state["question"].answer) if state["is_answered"] else None
    return answer(
        "rounds/questions/learner.html",
        **state,
        wish=wish,
        is_still_there=wish.state is RequestState.SUBMITTED and wish.round_id == run.round_id,
        proposal=proposal,
        word=fit_word(proposal.score) if proposal else "",
        unplaced=None if proposal else unplaced_for(session, run, wish),
        because=because,
        impossible=not_possible(session, run, wish, proposal, because, today()) if because else (),
        pin=pin_of(session, run.round, wish),
        collected=[one.token for one in supposed_asked()],
    )


@blueprint.post("/runs/<int:run_id>/requests/<int:request_id>/explain")
@requires(Permission.RUN_ROUNDS)
def explain(run_id: int, request_id: int) -> Response:
    run = solved_reached(run_id)
    wish = request_reached(run, request_id)
    return go_to(address_of(ask(run, QuestionKind.EXPLANATION, request_id=wish.id)))


def request_reached(run: Run, request_id: int) -> PlacementRequest:
    wish: PlacementRequest = found(request_in_run(db.session(), run, request_id))
    return wish
