"""The page that draws another seed for a round."""

from flask import Blueprint, Response, url_for

from app.language.refusal import Overtaken, Refused
from app.platform.clock import now, today
from app.platform.db import db
from app.rounds.queries import round_of, runs_on
from app.rounds.seeds import service
from app.rounds.seeds.forms import DrawSeedForm
from app.rounds.service import refuse_published
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to

blueprint = Blueprint("seeds", __name__)


@blueprint.get("/rounds/<int:round_id>/seed")
@requires(Permission.RUN_ROUNDS)
def ask(round_id: int) -> Response:
    round_ = found(round_of(db.session(), signed_in(), round_id))
    refuse_published(round_)
    form = DrawSeedForm(shown_digest=round_.seed.digest)
    return answer("rounds/seeds/draw.html", round=round_, form=form, runs=runs_on(db.session(), round_))


@blueprint.post("/rounds/<int:round_id>/seed")
@requires(Permission.RUN_ROUNDS)
def draw(round_id: int) -> Response:
    round_ = found(round_of(db.session(), signed_in(), round_id, for_update=True))
    refuse_published(round_)
    form = DrawSeedForm()
    if form.validate():
        try:
            service.draw_another_seed(
                db.session(),
                signed_in(),
                today(),
                now(),
                round_,
                form.shown_digest.data,
                form.reason.data,
                is_sure=form.is_sure.data,
            )
        except Overtaken:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Another seed is drawn. Every run from now on uses it; earlier runs can no longer be published.")
            return go_to(url_for("rounds.show", round_id=round_.id))
    return answer(
        "rounds/seeds/draw.html", round=round_, form=form, runs=runs_on(db.session(), round_), status=form.status
    )
