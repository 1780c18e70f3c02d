"""The page of a round's dossier, its download, and the page that shows it to everybody."""

import re

from flask import Blueprint, Response, url_for

from app.models.compressed import unpacked
from app.models.publications import Dossier, DossierPage, Publication
from app.models.rounds import MatchRound
from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs import enqueue_once, standing_of
from app.rounds.dossier import service
from app.rounds.dossier.decisions import decisions_since
from app.rounds.dossier.jobs import make_dossier
from app.rounds.dossier.queries import content_of, made_dossier, publication_of, publications_of, shown_page
from app.rounds.dossier.words import WHAT
from app.rounds.policies import meaning_of
from app.rounds.queries import round_of
from app.web.access import Permission, found, open_to_all, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_asked
from app.web.htmx import answer, go_to

blueprint = Blueprint("dossier", __name__)


@blueprint.get("/rounds/<int:round_id>/dossier")
@requires(Permission.RUN_ROUNDS)
def show(round_id: int) -> Response:
    round_: MatchRound = found(round_of(db.session(), signed_in(), round_id))
    page, publication = service.page_of_round(db.session(), round_), publication_asked(round_)
    published = publications_of(db.session(), round_)
    return answer(
        "rounds/dossier/dossier.html",
        round=round_,
        publication=publication,
        published=published,
        since=decisions_since(db.session(), publication) if publication and publication is published[-1] else [],
        dossier=made_dossier(db.session(), publication) if publication else None,
        standing=standing_of(make_dossier, publication.id) if publication else None,
        file=file_name(round_, publication),
        what=WHAT,
        page=page,
        address=full_address("rounds.dossier.public", address=page.address) if page else "",
    )


@blueprint.get("/rounds/<int:round_id>/dossier.zip")
@requires(Permission.RUN_ROUNDS)
def download(round_id: int) -> Response:
    round_: MatchRound = found(round_of(db.session(), signed_in(), round_id))
    dossier = dossier_of_round(round_)
    return as_file(round_, dossier) if dossier else go_to(url_for("rounds.dossier.show", round_id=round_id))


@blueprint.post("/rounds/<int:round_id>/dossier")
@requires(Permission.RUN_ROUNDS)
def make(round_id: int) -> Response:
    """For a publication whose dossier could not be made, or was published before there were any."""
    round_ = found(round_of(db.session(), signed_in(), round_id))
    publication = publication_asked(round_)
    if publication is not None and made_dossier(db.session(), publication) is None:
        enqueue_once(make_dossier, publication.id)
    return go_to(url_for("rounds.dossier.show", round_id=round_id))


@blueprint.post("/rounds/<int:round_id>/dossier/show")
@requires(Permission.RUN_ROUNDS)
def show_to_everybody(round_id: int) -> Response:
    round_ = found(round_of(db.session(), signed_in(), round_id, for_update=True))
    service.show_to_everybody(db.session(), signed_in(), round_, now())
    flash("Everybody who has the address can see and download the dossier now.")
    return go_to(url_for("rounds.dossier.show", round_id=round_id))


@blueprint.post("/rounds/<int:round_id>/dossier/hide")
@requires(Permission.RUN_ROUNDS)
def hide(round_id: int) -> Response:
    round_ = found(round_of(db.session(), signed_in(), round_id, for_update=True))
    service.hide_from_everybody(db.session(), signed_in(), round_, now())
    flash("The public page is hidden. Whoever has downloaded the dossier still has it.")
    return go_to(url_for("rounds.dossier.show", round_id=round_id))


@blueprint.get("/published/<address>")
@open_to_all
def public(address: str) -> Response:
    page: DossierPage = found(shown_page(db.session(), address))
    publication = publication_asked(page.round)
    dossier = made_dossier(db.session(), publication) if publication else None
    if publication is None or dossier is None:
        return answer("rounds/dossier/nothing.html", round=page.round, publication=publication)
    return answer(
        "rounds/dossier/public.html",
        page=page,
        round=page.round,
        publication=publication,
        published=publications_of(db.session(), page.round),
        policy=meaning_of(publication.run.stages),
        seed=page.round.seed,
        dossier=dossier,
        file=file_name(page.round, publication),
    )


@blueprint.get("/published/<address>/dossier.zip")
@open_to_all
def public_download(address: str) -> Response:
    page: DossierPage = found(shown_page(db.session(), address))
    dossier = dossier_of_round(page.round)
    return as_file(page.round, dossier) if dossier else go_to(url_for("rounds.dossier.public", address=address))


def publication_asked(round_: MatchRound) -> Publication | None:
    """That of the turn in the address, else the latest that stands."""
    return publication_of(db.session(), round_, id_asked("turn"))


def dossier_of_round(round_: MatchRound) -> Dossier | None:
    publication = publication_asked(round_)
    return made_dossier(db.session(), publication) if publication else None


def as_file(round_: MatchRound, dossier: Dossier) -> Response:
    """The file, unpacked while it is sent."""
    response = Response(unpacked(content_of(db.session(), dossier)), content_type="application/zip")
    response.headers["Content-Length"] = str(dossier.number_of_bytes)
    name = file_name(round_, publication_asked(round_))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def file_name(round_: MatchRound, publication: Publication | None = None) -> str:
    """The name of the round as a file can have it everywhere; that of a clearing turn says which."""
    words = re.findall("[a-z0-9]+", round_.name.lower())
    turn = publication.run.turn if publication else 1
    return "-".join(["-".join(words)[:60], *(["turn", str(turn)] if turn > 1 else []), "dossier"]) + ".zip"
