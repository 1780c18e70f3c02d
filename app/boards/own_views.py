"""The page on which a learner reads what was decided about her credit."""

from flask import Response

from app.boards.base_views import blueprint
from app.boards.queries import own_enrolments
from app.models.programmes import CREDITS_A_LEVEL
from app.phrasebook.of_programmes.credit import decision_in_words, evidence_in_words
from app.platform.db import db
from app.rules.credit.counting import counting
from app.rules.credit.held import held_of
from app.web.access import Permission, requires, signed_in
from app.web.htmx import answer


@blueprint.get("/my-credit")
@requires(Permission.SEE_OWN_CREDIT)
def mine() -> Response:
    enrolments = own_enrolments(db.session(), signed_in())
    return answer(
        "boards/mine.html",
        enrolments=enrolments,
        standing={one.id: {decision.id for decision in counting(one.decisions).values()} for one in enrolments},
        held=held_of(db.session(), enrolments),
        of_level=CREDITS_A_LEVEL,
        in_words=decision_in_words,
        evidence=evidence_in_words,
    )
