"""After offers have ended: the coordinators hear where fewer learners are left than a study or mentor starts with."""

from collections.abc import Sequence

from sqlalchemy import or_
from sqlalchemy.orm import Session

from app.models.placements import Offer
from app.models.studies import Opening
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises import mails
from app.rules.coordinators import coordinators_of_networks
from app.rules.groups.too_small import small_groups


def tell_of_small_groups(session: Session, occasion: Occasion, ended: Sequence[Offer]) -> None:
    """To be asked once after a deed that ended offers: of each of their studies and mentors, where a group is left."""
    if ended:
        tell_of_groups_at(session, occasion, [offer.opening for offer in ended])


def tell_of_groups_at(session: Session, occasion: Occasion, openings: Sequence[Opening]) -> None:
    """The same after a deed that made places of these openings free."""
    session.flush()
    studies, mentors = {one.study_id for one in openings}, {one.mentor_id for one in openings}
    groups = small_groups(session, occasion.today, or_(Opening.study_id.in_(studies), Opening.mentor_id.in_(mentors)))
    for coordinator in coordinators_of_networks(session, {one.network_id for one in openings}) if groups else ():
        mail = mails.small_groups(coordinator, groups, occasion.home)
        queue_message(session, coordinator.email, mail, occasion.now)
