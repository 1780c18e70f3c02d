"""Pages that collect what is supposed, ask it together, and show what it would change."""

from flask import Response, request

from app.language.refusal import Refused
from app.models.runs import QuestionKind, Run
from app.platform.db import db
from app.rounds.questions.base_views import address_of, ask, blueprint, solved_reached, waiting_for
from app.rounds.questions.queries import learners_found, openings_found, question_in, what_ifs_of
from app.rounds.questions.service import SUPPOSED_MOST, is_proved
from app.rounds.questions.supposed import Supposed, supposed_in
from app.rounds.questions.telling.differences import told
from app.rounds.questions.telling.supposed import supposed_told
from app.web.access import Permission, found, requires
from app.web.edge.numbers import page_asked
from app.web.edge.searching import words_asked
from app.web.fields import Form
from app.web.htmx import answer, go_to
from app.web.paging import page_of_rows


class WhatIfForm(Form):
    """What is supposed stands in the page, collected before."""


@blueprint.get("/runs/<int:run_id>/what-if")
@requires(Permission.RUN_ROUNDS)
def compose(run_id: int) -> Response:
    return what_if_page(solved_reached(run_id), WhatIfForm())


@blueprint.post("/runs/<int:run_id>/what-if")
@requires(Permission.RUN_ROUNDS)
def ask_what_if(run_id: int) -> Response:
    run, form = solved_reached(run_id), WhatIfForm()
    if form.validate():
        try:
            question = ask(run, QuestionKind.WHAT_IF, supposed_in(request.form.getlist("suppose")))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return go_to(address_of(question))
    return what_if_page(run, form)


def what_if_page(run: Run, form: WhatIfForm) -> Response:
    """What is collected so far, and what else of the run can be supposed."""
    session, search = db.session(), words_asked()
    supposed = supposed_asked()
    return answer(
        "rounds/questions/what_if.html",
        status=form.status,
        run=run,
        form=form,
        is_proved=is_proved(run),
        supposed=supposed_told(session, supposed),
        collected=[one.token for one in supposed],
        most=SUPPOSED_MOST,
        q=search,
        learners=learners_found(session, run, search) if search else (),
        openings=openings_found(session, run, search) if search else (),
        earlier=what_ifs_of(session, run, 1).total,
    )


@blueprint.get("/runs/<int:run_id>/questions")
@requires(Permission.RUN_ROUNDS)
def index(run_id: int) -> Response:
    run = solved_reached(run_id)
    page = what_ifs_of(db.session(), run, page_asked())
    all_supposed = supposed_told(db.session(), [one for row in page.rows for one in supposed_in(row.asked)])
    words = {one.token: one.words for one in all_supposed}
    return answer("rounds/questions/questions.html", run=run, page=page, words=words)


@blueprint.get("/runs/<int:run_id>/questions/<int:question_id>")
@requires(Permission.RUN_ROUNDS)
def show(run_id: int, question_id: int) -> Response:
    run = solved_reached(run_id)
    question = found(question_in(db.session(), run, question_id))
    if question.kind is not QuestionKind.WHAT_IF:
        return go_to(address_of(question))
    state, session = waiting_for(question), db.session()
    difference = told(session, [question.answer])[0] if state["is_answered"] else None
    movers = page_of_rows(difference.movers if difference else (), page_asked())
    return answer(
        "rounds/questions/answer.html",
        **state,
        run=run,
        supposed=supposed_told(session, supposed_in(question.asked)),
        difference=difference,
        movers=movers,
    )


def supposed_asked() -> list[Supposed]:
    """What the address or the form that was sent has collected."""
    return supposed_in(request.values.getlist("suppose"))
