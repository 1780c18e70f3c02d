"""Who hears that credit which counts elsewhere is no longer earned: whoever recognised it there."""

from collections.abc import Iterable

from sqlalchemy import tuple_
from sqlalchemy.orm import Session

from app.models.programmes import CreditDecision
from app.platform.occasion import Occasion
from app.platform.outbox import queue_messages
from app.promises.credit import mails
from app.rules.academic.supervisors import leads_at
from app.rules.prior_learning.lost import Named, lost_uses


def tell_whoever_recognised(session: Session, occasion: Occasion, decisions: Iterable[CreditDecision]) -> None:
    """Each programme lead of a university that counts credit of these modules which is earned no more.

    A lead who is the learner herself is left out. The home page of the others says so until they have seen to it.
    """
    keys = [(one.enrolment_id, one.module_id) for one in decisions]
    if not keys:
        return
    for one in lost_uses(session, tuple_(Named.enrolment_id, Named.module_id).in_(keys)):
        leads = leads_at(session, one.claim.enrolment.programme.provider_id)
        others = [lead for lead in leads if lead.id != one.learner.id]
        letters = [(lead.email, mails.earned_no_more(lead, one, occasion.home)) for lead in others]
        queue_messages(session, letters, occasion.now)
