"""Makes the offers of a run, on the terms of today; the database copies them from its own rows, however many."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Table, func, insert, literal, select
from sqlalchemy.orm import Session, aliased

from app.language.local_times import last_day_before
from app.models.people import Person
from app.models.placements import Offer, OfferState, OfferTerms
from app.models.runs import Proposal, Run
from app.models.studies import Opening
from app.platform.lifecycle import Party
from app.promises.offer_moves import OFFER_AGAIN, OFFERS


def make_offers(
    session: Session, actor: Person, run: Run, until: datetime, now: datetime, *only: ColumnElement[bool]
) -> None:
    """An offer of each proposal of a run, or `only` of those for which these conditions hold.

    Where the run was published before and that was taken back, the offers of then are made anew. The caller has locked
    the openings, so the terms are those that were read.
    """
    proposed = (Proposal.run_id == run.id, *only)
    of_before = select(Offer).join(Proposal, Offer.proposal_id == Proposal.id).where(*proposed).order_by(Offer.id)
    offers = session.scalars(of_before).all()
    if offers:
        make_anew(session, actor, offers, until, now)
    else:
        insert_offers(session, run, until, now, *proposed)
    say_terms(session, now, *proposed)


def insert_offers(session: Session, run: Run, until: datetime, now: datetime, *proposed: ColumnElement[bool]) -> None:
    table = table_of(Offer)
    for_all = {
        table.c.round_id: run.round_id,
        table.c.state: OfferState.WAITING,
        table.c.offered_at: now,
        table.c.answer_until: until,
        table.c.answer_by: last_day_before(until),
    }
    said = (literal(value, column.type) for column, value in for_all.items())
    proposals = select(Proposal.id, Proposal.request_id, Proposal.opening_id, *said).where(*proposed)
    filled = (table.c.proposal_id, table.c.request_id, table.c.opening_id, *for_all)
    session.execute(insert(table).from_select(filled, proposals.order_by(Proposal.id)))


def say_terms(session: Session, now: datetime, *proposed: ColumnElement[bool]) -> None:
    """Keep the terms of the openings as what the offers say from now on; what they said before stays."""
    table, before = table_of(OfferTerms), aliased(OfferTerms)
    number = select(func.coalesce(func.max(before.number), 0) + 1).where(before.offer_id == Offer.id).scalar_subquery()
    terms = (Opening.organisation_id, Opening.starts_on, Opening.ends_on, Opening.learner_does)
    said = (
        select(Offer.id, number, literal(now, table.c.said_at.type), *terms)
        .join_from(Offer, Proposal, Offer.proposal_id == Proposal.id)
        .join(Opening, Offer.opening_id == Opening.id)
        .where(*proposed)
    )
    filled = ("offer_id", "number", "said_at", *(column.key for column in terms))
    session.execute(insert(table).from_select(filled, said))


def make_anew(session: Session, actor: Person, offers: Sequence[Offer], until: datetime, now: datetime) -> None:
    """Let the offers of a publication that was taken back wait again, as if nobody had been told of them before."""
    OFFERS.move_all(session, offers, OFFER_AGAIN, Party.COORDINATOR, actor, now)
    for offer in offers:
        offer.offered_at, offer.answered_at, offer.answer_until, offer.answer_by_kept = (
            now,
            None,
            until,
            last_day_before(until),
        )
        offer.taken_back_because, offer.taken_back_with_id, offer.found_taken_at = "", None, None
        offer.more_time_at, offer.more_time_reason, offer.reminded_at = None, "", None
    session.flush()


def table_of(model: type[Offer | OfferTerms]) -> Table:
    return cast("Table", model.__table__)
