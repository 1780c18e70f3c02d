"""The days of a dissertation's milestones, as they are suggested from the dates of a cohort."""

from datetime import date, timedelta

from app.models.academic.dissertations import MilestoneKind
from app.models.programmes import Enrolment

# How much of the time has passed by then, in hundredths: a suggestion of this service, which no university has stated.
SHARES = {
    MilestoneKind.PROPOSAL: 15,
    MilestoneKind.APPROVALS: 35,
    MilestoneKind.RESEARCH: 65,
    MilestoneKind.FULL_DRAFT: 85,
    MilestoneKind.SUBMISSION: 100,
}
LEVEL_DAYS = 300  # about ten months, as the Framework says of each level


def dates_of(enrolment: Enrolment) -> tuple[date, date]:
    """First and last day: those of her cohort, where it has dates; else ten months from when she enrolled."""
    if enrolment.in_cohort:
        return enrolment.in_cohort.starts_on, enrolment.in_cohort.ends_on
    return enrolment.started_on, enrolment.started_on + timedelta(days=LEVEL_DAYS)


def suggested(first: date, last: date) -> dict[MilestoneKind, date]:
    """The day of each milestone within a time."""
    days = (last - first).days
    return {kind: first + timedelta(days=days * share // 100) for kind, share in SHARES.items()}
