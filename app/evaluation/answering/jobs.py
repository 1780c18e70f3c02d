"""The regular job that asks whoever is due."""

from sqlalchemy.orm import Session

from app.evaluation.answering.due import askings_due
from app.evaluation.answering.service import ask_who_is_due
from app.platform.clock import now, today
from app.platform.db import transaction, write_patiently
from app.platform.jobs import regular_job
from app.web.addresses import addresses_like

SECONDS_BETWEEN_LOOKS = 900


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def ask_for_the_evaluation() -> None:
    """It looks first, so that nobody waits for a lock while nobody is due."""
    with transaction(writing=False) as session:
        is_any = bool(askings_due(session, today()))
        session.expunge_all()
    if is_any:
        write_patiently(ask)


def ask(session: Session) -> None:
    ask_who_is_due(session, addresses_like("evaluation.answering.ask_by_link", "secret"), now())
