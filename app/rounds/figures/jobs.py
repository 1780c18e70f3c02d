"""The jobs that count rounds: one when somebody asks, and all whose figures no longer hold from time to time."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.models.figures import RoundFigures
from app.models.operations.jobs import Lane
from app.models.rounds import MatchRound
from app.platform.clock import now, today
from app.platform.db import transaction, write_patiently
from app.platform.jobs import enqueue_once, job, regular_job
from app.rounds.figures.counted import details_of
from app.rounds.figures.counting import figures_in
from app.rounds.fingerprint import fingerprint_of, fingerprints_of
from app.rounds.inputs import inputs_of

SECONDS_BETWEEN_LOOKS = 60


@job("count a round", Lane.SECONDS)
def count_round(round_id: int) -> None:
    """Count a round and keep the figures, unless those that are kept hold; nobody waits for a lock meanwhile."""
    with transaction(writing=False) as session:
        figures = figures_to_keep(session, session.get_one(MatchRound, round_id), today(), now())
    if figures is not None:
        write_patiently(lambda session: keep(session, figures))


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def count_rounds_that_changed() -> None:
    """Have those rounds counted whose figures no longer hold, so that pages seldom show old ones."""
    with transaction(writing=False) as session:
        changed = rounds_to_count(session, today())
    if changed:
        with transaction() as session:
            for round_id in changed:
                enqueue_once(count_round, round_id)


def figures_to_keep(session: Session, round_: MatchRound, today: date, now: datetime) -> RoundFigures | None:
    """The figures of a round as it is; None where nothing has changed since they were kept."""
    with_texts = fingerprint_of(session, round_, today)
    kept = session.get(RoundFigures, round_.id)
    if kept is not None and kept.fingerprint_with_texts == with_texts:
        return None
    inputs = inputs_of(session, round_, today)
    figures = figures_in(inputs)
    return RoundFigures(
        round_id=round_.id,
        fingerprint=fingerprints_of(session, [round_], today, with_texts=False)[round_.id],
        fingerprint_with_texts=with_texts,
        counted_at=now,
        places=figures.places,
        without_opening=figures.without_opening,
        undecided=[list(pair) for pair in figures.undecided],
        details=details_of(session, round_, inputs, figures),
    )


def keep(session: Session, figures: RoundFigures) -> None:
    """Put these in the place of those that were kept; two jobs of one round do so one after the other."""
    session.get_one(MatchRound, figures.round_id, with_for_update=True)
    session.merge(figures)


def rounds_to_count(session: Session, today: date) -> list[int]:
    """The rounds in which something is still to be decided and that have no figures that hold."""
    statement = select(MatchRound).where(MatchRound.is_worked_on).options(selectinload(MatchRound.networks))
    rounds = session.scalars(statement.order_by(MatchRound.id)).all()
    kept = dict(session.execute(select(RoundFigures.round_id, RoundFigures.fingerprint_with_texts)).all())
    fingerprints = fingerprints_of(session, rounds, today)
    return [round_.id for round_ in rounds if kept.get(round_.id) != fingerprints[round_.id]]
