"""What a learning agreement lacks before it can be given to be signed."""

import enum

from app.models.course.agreements import LearningAgreement


class AgreementLack(enum.Enum):
    """One thing that is missing, or does not fit together; the value is only for the database and for tests."""

    OBJECTIVES = "objectives"
    CAPABILITIES = "capabilities"
    HOURS = "hours"
    MONTHS = "months"
    SESSIONS = "sessions"
    WORKING_PATTERN = "working pattern"


def lacks_of(agreement: LearningAgreement, has_capabilities: bool) -> list[AgreementLack]:
    """In the order of its page; adjustments are never asked for, and capabilities where the programme has some."""
    by_month = sum(agreement.minutes_by_month.values())
    found = {
        AgreementLack.OBJECTIVES: not agreement.objectives,
        AgreementLack.CAPABILITIES: has_capabilities and any(not one.capabilities for one in agreement.objectives),
        AgreementLack.HOURS: not agreement.planned_minutes,
        AgreementLack.MONTHS: by_month != agreement.planned_minutes,
        AgreementLack.SESSIONS: agreement.sessions is None,
        AgreementLack.WORKING_PATTERN: not agreement.working_pattern,
    }
    return [lack for lack, is_there in found.items() if is_there]
