"""The deeds of showing the dossier of a round to everybody, and of hiding it again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.people import Person
from app.models.publications import DossierPage
from app.models.rounds import MatchRound
from app.platform.audit import record


def show_to_everybody(session: Session, actor: Person, round_: MatchRound, now: datetime) -> DossierPage:
    """A page without sign-in shows the dossier from now on; at the same address as before, where there was one.

    The caller has locked the round. Raises Refused as long as nothing is published.
    """
    if round_.published_at is None:
        raise Refused(f"“{round_.name}” is not published, so there is nothing to show yet.")
    page = page_of_round(session, round_)
    if page is None:
        page = DossierPage.of(round_, actor, now)
        session.add(page)
    elif page.is_shown:
        return page
    page.hidden_at, page.shown_at, page.shown_by = None, now, actor
    record(session, actor, "showed the dossier to everybody", round_, now=now, name=round_.name)
    return page


def hide_from_everybody(session: Session, actor: Person, round_: MatchRound, now: datetime) -> None:
    """The page shows nothing from now on; who has downloaded the dossier has it."""
    page = page_of_round(session, round_)
    if page is not None and page.is_shown:
        page.hidden_at = now
        record(session, actor, "hid the dossier", round_, now=now, name=round_.name)


def page_of_round(session: Session, round_: MatchRound) -> DossierPage | None:
    return session.scalar(select(DossierPage).where(DossierPage.round_id == round_.id))
