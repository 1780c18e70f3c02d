"""What the link of a mail opens: one sign-off, for whoever confirms it from records, while it waits for that."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.course.sign_offs import SignOff
from app.models.operations.parties import Outsider
from app.models.people import Person
from app.platform.links import NO_LONGER_GOOD, link_behind
from app.promises.sign_offs.changed import CONFIRM_SIGN_OFF
from app.rules.sign_offs.standing import PlacementSignOff, all_of_a_sign_off, standings_of
from app.sign_offs.service import waits_for_study_team


def sign_off_behind(session: Session, secret: str, now: datetime) -> tuple[PlacementSignOff, Person | Outsider]:
    """The sign-off that a good link opens, and who its reader is taken for; raises Refused for every other link."""
    link = link_behind(session, secret, CONFIRM_SIGN_OFF, now)
    statement = select(SignOff).where(SignOff.id == link.subject_id).options(*all_of_a_sign_off())
    found = standings_of(session, [session.scalars(statement).one()])[0]
    if not waits_for_study_team(found) or link.email != found.sign_off.confirmer_email:
        raise Refused(NO_LONGER_GOOD)
    return found, link.person or Outsider(found.sign_off.confirmer_name)
