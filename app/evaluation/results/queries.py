"""Words that everybody may read of a survey and a year."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.evaluation.askings import Survey
from app.models.evaluation.replies import FreeWords, WordsStanding
from app.web.paging import Page, page_of

WORDS_AT_ONCE = 30


def words_shown(session: Session, survey: Survey, year: int, page: int) -> Page:
    """What editors let through, in no order."""
    shown = (FreeWords.survey == survey, FreeWords.year == year, FreeWords.state == WordsStanding.SHOWN)
    return page_of(session, select(FreeWords).where(*shown).order_by(FreeWords.id), page, WORDS_AT_ONCE)
