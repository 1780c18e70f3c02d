"""A published round, whose dossier and explanations are made anew again and again while workers are killed."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, cycle, islice

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.placements import Offer
from app.models.publications import Dossier, Publication
from app.models.runs import Proposal, QuestionKind, QuestionState, Run, RunQuestion
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.jobs import enqueue
from app.rounds.dossier.jobs import make_dossier
from app.rounds.publishing.offers import make_offers
from app.rounds.publishing.service import note_publication
from app.rounds.questions.jobs import explain_offers
from app.rounds.runs.jobs import solve_run
from app.rounds.runs.service import start_run
from tests.builders import Builder

LEARNERS, OPENINGS = 8, 4  # all rank the same opening first, so that whoever gets another is explained why


@dataclass(frozen=True)
class Papers:
    """The publication, and its run."""

    publication_id: int
    run_id: int


def prepare_papers() -> Papers:
    """Publish a round without a mail to anybody; nothing is made yet."""
    with transaction() as session:
        build = Builder(session, now())
        build.number = count(1000)  # beside the round that is run again and again
        network = build.network()
        coordinator = build.coordinator(network)
        closed = build.today - timedelta(days=1)
        round_ = build.round(network, coordinator=coordinator, closes_on=closed)
        wished_by_all, *others = [build.opening(network=network, places=1) for _ in range(OPENINGS)]
        for first in range(LEARNERS):
            ranked = [wished_by_all, *islice(cycle(others), first, first + 2)]
            build.request(networks=[network], round_id=round_.id, ranked=ranked)
        run = start_run(session, coordinator, now(), round_, ["placed", "rank_sum", "lottery"])
        session.flush()
        run_id = run.id
    solve_run(run_id)
    with transaction() as session:
        run = session.get_one(Run, run_id)
        coordinator = session.get_one(Person, run.round.created_by_id)
        make_offers(session, coordinator, run, run.round.offers_until, now())
        note_publication(run.round, run, now())
        publication = Publication(round=run.round, run=run, published_at=now())
        session.add(publication)
        session.flush()
        return Papers(publication.id, run_id)


def ask_for_papers(session: Session, papers: Papers) -> None:
    """As after a publication; what was made before is gone, so that there is something to make."""
    session.execute(delete(Dossier).where(Dossier.publication_id == papers.publication_id))
    session.execute(delete(RunQuestion).where(RunQuestion.run_id == papers.run_id))
    enqueue(make_dossier, papers.publication_id)
    enqueue(explain_offers, papers.run_id)


def faults_of_papers(session: Session, papers: Papers) -> list[str]:
    """One dossier, and one explanation of each offer that is not its learner's first choice."""
    dossiers = session.scalar(select(func.count()).where(Dossier.publication_id == papers.publication_id))
    found = [] if dossiers == 1 else [f"there are {dossiers} dossiers of one publication"]
    explained = session.scalars(
        select(RunQuestion.request_id).where(
            RunQuestion.run_id == papers.run_id,
            RunQuestion.kind == QuestionKind.EXPLANATION,
            RunQuestion.state == QuestionState.ANSWERED,
        )
    ).all()
    wanted = session.scalars(
        select(Offer.request_id)
        .join(Proposal, Offer.proposal_id == Proposal.id)
        .where(Proposal.run_id == papers.run_id, Proposal.rank.is_distinct_from(1))
    ).all()
    if Counter(explained) != Counter(wanted):
        found.append(f"explained were {explained}, and wanted {wanted}")
    return found
