"""Deeds with sign-offs: ask, attest, confirm, decide, and except one who stands in two parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.course.sign_offs import (
    LIVE,
    SignOff,
    SignOffException,
    SignOffState,
    SignOffWords,
)
from app.models.operations.links import RecordLink
from app.models.operations.parties import Outsider, Party
from app.models.people import Person
from app.models.placements import Placement
from app.platform.audit import record
from app.platform.links import end_links_to
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.sign_offs.changed import CONFIRM_SIGN_OFF
from app.promises.sign_offs.lifecycle import (
    ASKED,
    ASKED_AGAIN,
    ATTESTED_ANEW,
    DECIDED,
    SIGN_OFFS,
)
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.sign_offs.facts import facts_of, has_no_evidence_at_all, lacks_in
from app.rules.sign_offs.kind import SIGN_OFF
from app.rules.sign_offs.parts import (
    asked_from,
    can_be_asked_on,
    is_over_without,
    is_second_part_of,
    party_of,
)
from app.rules.sign_offs.standing import PlacementSignOff, all_of_a_sign_off, standings_of
from app.rules.signing.canonical import canonical_text, digest_of
from app.sign_offs import mails, telling

LINK_LIFE = timedelta(days=14)
AddressOf = Callable[[str], str]  # the address of the link with a secret
Signer = Person | Outsider
WHY_ALL_THE_SAME = "Something is missing from the record. Say why you sign it all the same"


@dataclass(frozen=True)
class Attestation:
    """What the mentor says, and who confirms it; `is_confirmer` where she says that she does so herself."""

    words: str
    reason: str
    is_confirmer: bool
    name: str
    role: str
    email: str


def ask(session: Session, occasion: Occasion, placement: Placement) -> SignOff:
    """Ask for a sign-off, or once more after it was returned; the other of the two hears."""
    actor = actor_of(occasion)
    party = party_of(session, actor, placement)
    if party not in (Party.LEARNER, Party.MENTOR):
        raise Refused("Learner or mentor ask for a sign-off.")
    found = hold(session, placement)
    if not can_be_asked_on(placement, occasion.today):
        raise Refused(why_not_yet(placement))
    if found and found.sign_off.state is SignOffState.RETURNED:
        SIGN_OFFS.move(session, found.sign_off, ASKED_AGAIN, party, actor, occasion.now, name=placement.learner.name)
        sign_off = found.sign_off
    elif found and found.sign_off.state in LIVE:
        raise Overtaken("A sign-off is under way already, or the placement is signed off. See how it stands below.")
    else:
        sign_off = SignOff(
            placement=placement, state=SignOffState.OPEN, asked_by=actor, asked_at=occasion.now, facts={}
        )
        session.add(sign_off)
        record(session, actor, ASKED, sign_off, now=occasion.now, name=placement.learner.name)
    telling.tell_asked(session, occasion, sign_off)
    return sign_off


def why_not_yet(placement: Placement) -> str:
    if is_over_without(placement):
        return "This placement did not run to its end, so there is nothing to sign off. Its hours stay on the record."
    if not placement.mentor.is_active:
        return f"{placement.mentor.name} has left, so nobody can attest it."
    return f"A sign-off can be asked for from {day_in_words(asked_from(placement))} on, four weeks before its end."


def digest_of_facts(session: Session, placement: Placement, occasion: Occasion) -> str:
    """Of the record as it is shown to the mentor before she attests it."""
    return digest_of(canonical_text(facts_of(session, placement, occasion.today)))


def attest(
    session: Session,
    occasion: Occasion,
    placement: Placement,
    said: Attestation,
    seen: str,
    address_of: AddressOf,
    *,
    is_sure: bool,
) -> SignOff:
    """Say what was seen, and who confirms it from records; `seen` is the digest of the record that was read.

    Attested again, it takes the place of what was attested before, and whoever had signed is asked anew.
    """
    mentor = actor_of(occasion)
    ask_about(doubts_about_text((said.words, said.reason, said.role), occasion.today), is_sure)
    found = under_way(session, placement)
    sign_off, facts = found.sign_off, facts_of(session, placement, occasion.today)
    if seen != digest_of(canonical_text(facts)):
        raise Overtaken("The record has changed while you read it. Read it again below, then attest it.")
    if has_no_evidence_at_all(facts):
        raise Refused("No capability has any evidence yet, so nothing can be signed off. The learner adds some first.")
    require_reason(sign_off, facts, said.reason)
    name = placement.learner.name
    name_confirmer(session, sign_off, mentor, said)
    if Party.MENTOR in found.standing.signatures:
        SIGN_OFFS.move(session, sign_off, ATTESTED_ANEW, Party.MENTOR, mentor, occasion.now, name=name)
    sign_off.facts, sign_off.attested = facts, said.words
    sign_as(session, occasion, sign_off, Party.MENTOR, mentor, SIGN_OFF.digest_of(sign_off), said.words, said.reason)
    if sign_off.confirmer_id == mentor.id:
        end_links_to(session, sign_off, CONFIRM_SIGN_OFF, occasion.now)
        telling.tell_exception_wanted(session, occasion, sign_off)
    else:
        send_link(session, occasion, sign_off, address_of)
    return sign_off


def name_confirmer(session: Session, sign_off: SignOff, mentor: Person, said: Attestation) -> None:
    """Whoever has an account with that address is that person: nobody stands in two parts under two names."""
    email = said.email.strip().lower()
    if not said.is_confirmer:
        for value, field, what in ((said.name, "name", "the name"), (email, "email", "the email address")):
            if not value:
                raise Refused(f"Enter {what} of whoever confirms it", field)
    known = mentor if said.is_confirmer else session.scalar(select(Person).where(Person.email == email))
    if known and known.id == sign_off.placement.learner_id:
        raise Refused("The learner cannot confirm her own placement. Name somebody of the study team.", "email")
    sign_off.confirmer_id = known.id if known else None
    sign_off.confirmer_name = known.name if known else said.name
    sign_off.confirmer_email = known.email if known else email
    sign_off.confirmer_role = said.role


def send_link(session: Session, occasion: Occasion, sign_off: SignOff, address_of: AddressOf) -> None:
    """Mail whoever confirms it a link that opens this sign-off, once; those that went out before end."""
    end_links_to(session, sign_off, CONFIRM_SIGN_OFF, occasion.now)
    person = session.get(Person, sign_off.confirmer_id) if sign_off.confirmer_id else None
    link, secret = RecordLink.issue(
        CONFIRM_SIGN_OFF, sign_off, sign_off.confirmer_email, occasion.now, LINK_LIFE, person=person
    )
    session.add(link)
    mail = mails.to_confirm(sign_off, address_of(secret), LINK_LIFE)
    queue_message(session, sign_off.confirmer_email, mail, occasion.now, secret=secret)


def send_link_again(session: Session, occasion: Occasion, placement: Placement, address_of: AddressOf) -> SignOff:
    """Mail another link to whoever was named; the old one ends."""
    found = under_way(session, placement)
    if not waits_for_study_team(found) or found.sign_off.confirmer_id == placement.mentor_id:
        raise Overtaken("Nobody is asked by a link to confirm this sign-off now. See how it stands below.")
    send_link(session, occasion, found.sign_off, address_of)
    name = placement.learner.name
    record(session, occasion.actor, "sent a link to a sign-off again", found.sign_off, now=occasion.now, name=name)
    return found.sign_off


def waits_for_study_team(found: PlacementSignOff) -> bool:
    """True where the mentor has attested it, and nobody has confirmed it yet."""
    signed = found.standing.signatures
    is_open = found.sign_off.state is SignOffState.OPEN
    return is_open and Party.MENTOR in signed and Party.STUDY_TEAM not in signed


def confirm(
    session: Session,
    occasion: Occasion,
    placement: Placement,
    signer: Signer,
    words: str,
    seen: str,
    *,
    is_sure: bool,
) -> SignOff:
    """Confirm from records what was attested; the university is asked to decide."""
    ask_about(doubts_about_text((words,), occasion.today), is_sure)
    found = under_way(session, placement)
    sign_off = found.sign_off
    if not waits_for_study_team(found):
        raise Overtaken("There is nothing to confirm now: it was confirmed, returned or attested anew.")
    person = signer if isinstance(signer, Person) else None
    require_exception(sign_off, Party.STUDY_TEAM, person)
    sign_as(session, occasion, sign_off, Party.STUDY_TEAM, signer, seen, words)
    end_links_to(session, sign_off, CONFIRM_SIGN_OFF, occasion.now)
    telling.tell_to_decide(session, occasion, sign_off, signer)
    return sign_off


def decide(
    session: Session, occasion: Occasion, placement: Placement, words: str, reason: str, seen: str, *, is_sure: bool
) -> SignOff:
    """Sign the placement off; learner, mentor and whoever confirmed it hear."""
    actor = actor_of(occasion)
    ask_about(doubts_about_text((words, reason), occasion.today), is_sure)
    found = under_way(session, placement)
    sign_off = found.sign_off
    if not is_ready_to_decide(found):
        raise Overtaken("It can be decided once the mentor has attested it and the study team has confirmed it.")
    require_reason(sign_off, sign_off.facts, reason)
    require_exception(sign_off, Party.ACADEMIC_SUPERVISOR, actor)
    sign_as(session, occasion, sign_off, Party.ACADEMIC_SUPERVISOR, actor, seen, words, reason)
    party, name = Party.ACADEMIC_SUPERVISOR, placement.learner.name
    SIGN_OFFS.move(session, sign_off, DECIDED, party, actor, occasion.now, name=name)
    telling.tell_signed_off(session, occasion, sign_off)
    return sign_off


def is_ready_to_decide(found: PlacementSignOff) -> bool:
    return found.sign_off.state is SignOffState.OPEN and found.standing.missing == (Party.ACADEMIC_SUPERVISOR,)


def grant_exception(
    session: Session, occasion: Occasion, placement: Placement, reason: str, *, is_sure: bool
) -> SignOffException:
    """Record that whoever confirms it may stand in two of the three parts; somebody else does, and says why."""
    actor = actor_of(occasion)
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    sign_off = under_way(session, placement).sign_off
    if not can_be_excepted(sign_off):
        raise Overtaken("Nobody needs an exception here: somebody else is named, or it is recorded already.")
    if actor.id == sign_off.confirmer_id:
        raise Refused("Nobody records an exception for herself. A colleague of your university does.")
    exception = SignOffException(
        person_id=sign_off.confirmer_id, reason=reason, granted_by=actor, granted_at=occasion.now
    )
    sign_off.exceptions.append(exception)
    session.flush()
    name = placement.learner.name
    record(session, actor, "excepted a signer of a sign-off", sign_off, now=occasion.now, name=name)
    telling.tell_excepted(session, occasion, sign_off, exception)
    return exception


def can_be_excepted(sign_off: SignOff) -> bool:
    """True where the mentor confirms it herself, and nobody has recorded that she may."""
    is_mentor = sign_off.confirmer_id == sign_off.placement.mentor_id
    return is_mentor and sign_off.exception_for(sign_off.confirmer_id) is None


def sign_as(
    session: Session,
    occasion: Occasion,
    sign_off: SignOff,
    party: Party,
    signer: Signer,
    seen: str,
    words: str,
    reason: str = "",
) -> None:
    """Sign, with what is said beside it; pressed twice, it is said once."""
    name = sign_off.placement.learner.name
    SIGN_OFFS.sign(session, sign_off, party, signer, occasion.now, seen=seen, name=name, is_excepted=True)
    if sign_off.words_of(party.value) is None:
        sign_off.words.append(
            SignOffWords(
                revision=sign_off.revision,
                party=party.value,
                author_id=signer.id,
                author_name=signer.name,
                words=words,
                reason=reason if lacks_in(sign_off.facts) else "",
                said_at=occasion.now,
            )
        )


def require_reason(sign_off: SignOff, facts: Mapping[str, object], reason: str) -> None:
    if lacks_in(facts) and not reason.strip():
        raise Refused(WHY_ALL_THE_SAME, "reason")


def require_exception(sign_off: SignOff, party: Party, person: Person | None) -> None:
    """Nobody signs in two parts unless somebody else has recorded that she may."""
    if is_second_part_of(sign_off, party, person) and not sign_off.exception_for(person.id if person else None):
        raise Refused(
            "You are somebody else in this sign-off already. Somebody else signs here, or a colleague of the "
            "university records first why you may stand in both parts. To let another academic supervisor decide, a "
            "programme lead hands the learner over."
        )


def hold(session: Session, placement: Placement) -> PlacementSignOff | None:
    """The latest sign-off, read afresh; whoever changes the placement or its sign-off meanwhile waits."""
    session.refresh(placement, ["state", "outcome", "starts_on", "ends_on"], with_for_update=True)
    statement = (
        select(SignOff)
        .where(SignOff.placement_id == placement.id)
        .order_by(SignOff.id.desc())
        .limit(1)
        .with_for_update(of=SignOff)
        .execution_options(populate_existing=True)
    )
    sign_off = session.scalar(statement.options(*all_of_a_sign_off()))
    return standings_of(session, [sign_off])[0] if sign_off else None


def under_way(session: Session, placement: Placement) -> PlacementSignOff:
    """The sign-off that can be signed; raises Overtaken where there is none by now."""
    found = hold(session, placement)
    if found is None:
        raise Overtaken("Nobody has asked for a sign-off of this placement yet.")
    if found.sign_off.state is not SignOffState.OPEN:
        raise Overtaken(f"This sign-off is {found.sign_off.state.value} by now, so this can no longer be done.")
    if is_over_without(placement):
        raise Refused(why_not_yet(placement))
    return found


def actor_of(occasion: Occasion) -> Person:
    assert occasion.actor is not None
    return occasion.actor
