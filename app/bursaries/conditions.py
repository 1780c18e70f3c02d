"""The conditions of a call, asked of an application: at each deed on the way, of whoever does it."""

from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.bursaries.applications import BursaryApplication
from app.phrasebook.of_programmes.bursaries import TO_APPLICANT
from app.platform.occasion import Occasion
from app.rules.bursaries.conditions import Unmet, unmet_by
from app.rules.bursaries.known import applicants_of


def unmet_of(session: Session, by: Occasion, application: BursaryApplication) -> list[Unmet]:
    """The conditions that an application does not meet, as things stand."""
    applicant = applicants_of(session, [application], by.today)[application.id]
    return unmet_by(application.call, applicant)


def require_met(session: Session, by: Occasion, application: BursaryApplication) -> None:
    """Raise Refused with each condition that is not met, and what to do."""
    if unmet := unmet_of(session, by, application):
        raise Refused(" ".join(" ".join(TO_APPLICANT[one]) for one in unmet))
