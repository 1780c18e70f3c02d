"""The openings of a round as its coordinator lists and counts them."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.models.organisations import Organisation
from app.models.people import Person
from app.models.rounds import MatchRound
from app.models.studies import Opening, Study
from app.rules.fit import all_of_an_opening, has_level, published_in
from app.rules.search import named
from app.web.paging import Page, page_of


def openings_of(round_: MatchRound) -> Select[Opening]:
    """The published openings of a round, of mentors who take part."""
    return published_in(network.id for network in round_.networks).where(has_level(round_.level))


def openings_listed(
    session: Session, round_: MatchRound, search: str, network_id: int | None, page: int, only_unconfirmed: bool = False
) -> Page:
    """A page of those whose study, mentor or organisation has each word of the search, by mentor's name."""
    names = Study.folded_name + " " + Person.folded_name + " " + Organisation.folded_name
    statement = openings_of(round_).join(Opening.study).join(Opening.organisation).where(named(names, search))
    if network_id:
        statement = statement.where(Opening.network_id == network_id)
    if only_unconfirmed:
        statement = statement.where(Opening.is_unconfirmed)
    return page_of(session, statement.order_by(Person.name, Opening.id).options(*all_of_an_opening()), page)


def number_unconfirmed(session: Session, round_: MatchRound) -> int:
    """How many of them their mentors were asked about and have not confirmed since."""
    waiting = openings_of(round_).where(Opening.is_unconfirmed).with_only_columns(Opening.id)
    return session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
