"""Finds organisations and studies by typing: every word must be there, whatever its capitals and accents."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, func, or_, select
from sqlalchemy.orm import Session, load_only, selectinload

from app.language.folding import as_searched
from app.models.organisations import Organisation
from app.models.studies import Study
from app.models.values.study_status import StudyStatus

FOUND_MAX = 8
TYPED_MIN = 2
TYPED_MAX = 200  # characters: a database takes neither a pattern of any length nor any number of them


def named(text: SQLColumnExpression[str], typed: str) -> ColumnElement[bool]:
    """The condition that a folded column has every typed word somewhere; true where nothing was typed.

    What is too much to look for is found nowhere; whoever reads what was typed says so.
    """
    if is_too_much(typed):
        return false()
    return and_(True, *(text.contains(word, autoescape=True) for word in as_searched(typed).split()))


def is_enough(typed: str) -> bool:
    """True when so much has been typed that looking for it makes sense."""
    return len("".join(as_searched(typed).split())) >= TYPED_MIN


def is_too_much(typed: str) -> bool:
    """True when no name that we keep can have so many words."""
    return len(typed) > TYPED_MAX


def organisations_like(session: Session, typed: str) -> list[Organisation]:
    """Up to FOUND_MAX open organisations whose name has every typed word, or whose code was typed, best first."""
    if not is_enough(typed) or is_too_much(typed):
        return []
    name, words = Organisation.folded_name, as_searched(typed).split()
    statement = (
        select(Organisation)
        .where(is_open(), or_(Organisation.ods_code == typed.strip().upper(), named(name, typed)))
        .order_by(name.startswith(words[0], autoescape=True).desc(), Organisation.name, Organisation.id)
        .limit(FOUND_MAX)
    )
    return list(session.scalars(statement))


def organisation_meant(organisations: Sequence[Organisation], typed: str, picked: str) -> Organisation | None:
    """Among those found for what was typed, the one that was picked or, where only one can be meant, typed.

    What was picked before something else was typed is not among them, so it does not count.
    """
    for one in organisations:
        if str(one.id) == picked:
            return one
    plain = as_searched(typed)
    same = [one for one in organisations if plain in (one.folded_name, one.ods_code.casefold())]
    candidates = same or organisations
    return candidates[0] if len(candidates) == 1 else None


def is_open() -> ColumnElement[bool]:
    return Organisation.closed_on.is_(None)


def studies_like(session: Session, typed: str) -> list[Study]:
    """Up to FOUND_MAX studies that can take learners and have every typed word in titles, numbers or specialties.

    Those that recruit come first. One more than FOUND_MAX is returned where there are more, so that a page can say so.
    """
    if not is_enough(typed) or is_too_much(typed):
        return []
    recruiting = (StudyStatus.OPEN, StudyStatus.IN_SETUP)
    takers = [status for status in StudyStatus if status.can_take_learners]
    words = as_searched(typed).split()
    statement = (
        select(Study)
        .where(Study.status.in_(takers), named(Study.search_text, typed))
        .order_by(
            Study.status.in_(recruiting).desc(),
            Study.search_text.startswith(words[0], autoescape=True).desc(),
            func.lower(Study.title),
            Study.id,
        )
        .limit(FOUND_MAX + 1)
        .options(
            load_only(Study.title, Study.short_title, Study.status),
            selectinload(Study.identifiers),
            selectinload(Study.specialties),
        )
    )
    return list(session.scalars(statement))
