"""The regular job of kept files: those that no row needs are removed."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import or_, select

from app.models.academic.prior_learning import PriorSource, PriorSourceFile
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
    """What has no row is left over from a deed that did not end; what was withdrawn or taken out goes a day later."""
    before = now() - KEPT_AT_LEAST
    with transaction(writing=False) as session:
        stands = or_(Evidence.withdrawn_at.is_(None), Evidence.withdrawn_at > before)
        wanted = select(EvidenceFile.kept_as).join(EvidenceFile.evidence).where(stands)
        is_source = or_(PriorSource.removed_at.is_(None), PriorSource.removed_at > before)
        of_claims = select(PriorSourceFile.kept_as).join(PriorSourceFile.source).where(is_source)
        needed = {*session.scalars(wanted), *session.scalars(of_claims)}
    remove_left_over(current_app.extensions["rpe_settings"].files, needed, before)
