"""The openings of a round as its coordinator lists and counts them."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from app.models.organisations import Organisation
from app.models.people import Person, Role
from app.models.programmes import Level
from app.models.rounds import MatchRound
from app.models.studies import Opening, OpeningLevel, OpeningState, Study
from app.rules.fit import all_of_an_opening
from app.rules.search import named
from app.web.paging import Page, page_of


def openings_of(round_: MatchRound) -> Select[Opening]:
    """The published openings of a round, of mentors who take part."""
    return openings_of_networks([network.id for network in round_.networks]).where(has_level(round_.level))


def openings_of_networks(network_ids: Iterable[int]) -> Select[Opening]:
    """The same in some networks, of any level."""
    return (
        select(Opening)
        .join(Opening.mentor)
        .where(
            Opening.network_id.in_(list(network_ids)),
            Opening.state == OpeningState.PUBLISHED,
            Person.takes_part_as(Role.MENTOR),
        )
    )


def has_level(level: Level) -> ColumnElement[bool]:
    return Opening.level_rows.any(OpeningLevel.level == level)


def openings_listed(session: Session, round_: MatchRound, search: str, network_id: int | None, page: int) -> Page:
    """A page of those whose study, mentor or organisation has each word of the search, by mentor's name."""
    names = Study.folded_name + " " + Person.folded_name + " " + Organisation.folded_name
    statement = openings_of(round_).join(Opening.study).join(Opening.organisation).where(named(names, search))
    if network_id:
        statement = statement.where(Opening.network_id == network_id)
    return page_of(session, statement.order_by(Person.name, Opening.id).options(*all_of_an_opening()), page)
