"""The page that takes a publication back: who was told, who will be, and what keeps it from being done."""

from flask import Blueprint, Response, url_for

from app.language.refusal import Overtaken, Refused
from app.models.publications import TakeBackKind
from app.models.rounds import MatchRound
from app.platform.clock import now
from app.platform.db import db
from app.rounds.publishing.forms import TakeBackForm
from app.rounds.publishing.guard_words import guard_in_words
from app.rounds.publishing.service import concerned_by
from app.rounds.publishing.taking_back import (
    WhyTakenBack,
    others_who_coordinate,
    present_publication,
    take_publication_back,
    what_followed,
)
from app.rounds.queries import round_of
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("taking_back", __name__)


@blueprint.get("/rounds/<int:round_id>/take-back")
@requires(Permission.RUN_ROUNDS)
def ask(round_id: int) -> Response:
    round_ = found(round_of(db.session(), signed_in(), round_id))
    return page(round_, TakeBackForm())


def page(round_: MatchRound, form: TakeBackForm) -> Response:
    session = db.session()
    publication = present_publication(session, round_) if round_.published_at else None
    guards = what_followed(session, publication, now()) if publication else []
    return answer(
        "rounds/publishing/take_back.html",
        round=round_,
        form=form,
        publication=publication,
        guards=[guard_in_words(guard) for guard in guards],
        concerned=concerned_by(session, publication.run) if publication else None,
        colleagues=len(others_who_coordinate(session, round_, signed_in())),
        status=form.status,
    )


@blueprint.post("/rounds/<int:round_id>/take-back")
@requires(Permission.RUN_ROUNDS)
def take_back(round_id: int) -> Response:
    round_ = found(round_of(db.session(), signed_in(), round_id, for_update=True))
    form = TakeBackForm()
    if form.validate():
        why = WhyTakenBack(TakeBackKind(form.kind.data), form.reason.data)
        try:
            take_publication_back(db.session(), this_occasion(), round_, why, is_sure=form.is_sure.data)
        except Overtaken:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"The publication of {round_.name} is taken back. Everybody who was told of it gets an email.")
            return go_to(url_for("rounds.show", round_id=round_.id))
    return page(round_, form)
