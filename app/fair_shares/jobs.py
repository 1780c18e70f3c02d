"""The regular job that counts fair shares: once for each academic year."""

from app.fair_shares.counting import count_year
from app.platform.clock import now, today
from app.platform.db import transaction, write_patiently
from app.platform.jobs import regular_job
from app.rules.evaluation.kept import FAIR_SHARES, content_of, publish_once, years_to_publish

SECONDS_BETWEEN_LOOKS = 600


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def publish_fair_shares() -> None:
    """Counting takes longest and holds nobody up; what is written afterwards is short."""
    with transaction(writing=False) as session:
        due = years_to_publish(session, FAIR_SHARES, today())
        counted = {year: content_of(count_year(session, year, now())) for year in due}
    if counted:
        write_patiently(lambda session: publish_once(session, FAIR_SHARES, counted, counted.__getitem__, now()))
