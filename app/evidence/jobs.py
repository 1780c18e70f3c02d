"""The regular job of kept files: those that no evidence needs are removed."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import or_, select

from app.models.course.evidence import Evidence, EvidenceFile
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.files.kept import remove_left_over
from app.platform.jobs import regular_job

SECONDS_BETWEEN_LOOKS = 3600
# Longer than any request or backup takes: what was just written may get its row in a moment.
KEPT_AT_LEAST = timedelta(days=1)


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def remove_what_nobody_needs() -> None:
    """Files without a row are left over from a deed that did not end; those of withdrawn evidence go a day later."""
    before = now() - KEPT_AT_LEAST
    with transaction(writing=False) as session:
        stands = or_(Evidence.withdrawn_at.is_(None), Evidence.withdrawn_at > before)
        wanted = select(EvidenceFile.kept_as).join(EvidenceFile.evidence).where(stands)
        needed = set(session.scalars(wanted))
    remove_left_over(current_app.extensions["rpe_settings"].files, needed, before)
