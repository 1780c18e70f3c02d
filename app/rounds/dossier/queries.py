"""The publication whose dossier somebody may see: a coordinator of the round, or everybody where it is shown."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.publications import Dossier, DossierPage, Publication
from app.models.rounds import MatchRound
from app.models.runs import Run


def publication_of(session: Session, round_: MatchRound, turn: int | None = None) -> Publication | None:
    """The publication of a turn that stands, without one the latest; None where there is none."""
    standing = publications_of(session, round_)
    return next((one for one in reversed(standing) if turn in (None, one.run.turn)), None)


def publications_of(session: Session, round_: MatchRound) -> Sequence[Publication]:
    """Those that stand, one for each turn that was published, the first turn first."""
    if round_.published_at is None:
        return []
    of_round = joinedload(Publication.round).options(selectinload(MatchRound.seeds), selectinload(MatchRound.networks))
    return session.scalars(
        select(Publication)
        .where(Publication.round_id == round_.id, Publication.taken_back_at.is_(None))
        .order_by(Publication.id)
        .options(of_round, joinedload(Publication.run).joinedload(Run.round))
    ).all()


def made_dossier(session: Session, publication: Publication) -> Dossier | None:
    """The dossier without its content; None as long as it is not made."""
    return session.get(Dossier, publication.id)


def content_of(session: Session, dossier: Dossier) -> bytes:
    """The file as it is kept, compressed."""
    kept = select(Dossier.content).where(Dossier.publication_id == dossier.publication_id)
    return session.execute(kept).scalar_one()


def shown_page(session: Session, address: str) -> DossierPage | None:
    """The page at an address, unless it was hidden."""
    page = session.scalar(
        select(DossierPage).where(DossierPage.address == address).options(joinedload(DossierPage.round))
    )
    return page if page is not None and page.is_shown else None
