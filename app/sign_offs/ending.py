"""Ends a sign-off: returned with words for parts of the record while it is under way, void once it is decided."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.course.sign_offs import ReturnPart, SignOff, SignOffReturn
from app.models.operations.parties import Party
from app.models.placements import Placement
from app.platform.links import end_links_to
from app.platform.occasion import Occasion
from app.promises.sign_offs.changed import CONFIRM_SIGN_OFF
from app.promises.sign_offs.lifecycle import RETURN, SIGN_OFFS, VOIDED
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.sign_offs.parts import university_party
from app.sign_offs import telling
from app.sign_offs.service import Signer, actor_of, hold, under_way, waits_for_study_team


def give_back(
    session: Session,
    occasion: Occasion,
    placement: Placement,
    party: Party,
    actor: Signer,
    parts: Mapping[ReturnPart, str],
    *,
    is_sure: bool,
) -> SignOff:
    """Return it with words for each part of the record that is not right; what was signed is void, and all hear."""
    if not parts:
        raise Refused("Say beside at least one part of the record what is not right", ReturnPart.HOURS.name.lower())
    ask_about(doubts_about_text(parts.values(), occasion.today), is_sure)
    found = under_way(session, placement)
    if party is Party.STUDY_TEAM and not waits_for_study_team(found):
        raise Overtaken("There is nothing to return now: it was confirmed, returned or attested anew.")
    sign_off, before = found.sign_off, found.standing
    reason = " ".join(f"{part.value.capitalize()}: {words}" for part, words in parts.items())
    for part, words in parts.items():
        sign_off.returns.append(
            SignOffReturn(
                revision=sign_off.revision,
                part=part,
                words=words,
                by_id=actor.id,
                by_name=actor.name,
                by_party=party.value,
                at=occasion.now,
            )
        )
    SIGN_OFFS.move(session, sign_off, RETURN, party, actor, occasion.now, reason=reason, name=placement.learner.name)
    end_links_to(session, sign_off, CONFIRM_SIGN_OFF, occasion.now)
    telling.tell_returned(session, occasion, sign_off, before, actor, reason)
    return sign_off


def void(session: Session, occasion: Occasion, placement: Placement, reason: str, *, is_sure: bool) -> SignOff:
    """End what was signed off, for a reason that stays; nothing of it is edited, and all whom it concerns hear."""
    actor = actor_of(occasion)
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    found = hold(session, placement)
    if found is None:
        raise Refused("Nobody has asked for a sign-off of this placement.")
    sign_off, before, name = found.sign_off, found.standing, placement.learner.name
    party = university_party(session, actor, placement)
    SIGN_OFFS.move(session, sign_off, VOIDED, party, actor, occasion.now, reason=reason, name=name)
    telling.tell_void(session, occasion, sign_off, before, reason.strip())
    return sign_off
