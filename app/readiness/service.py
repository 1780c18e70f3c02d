"""Deeds with what a placement needs: enter what covers it, check it, except it, say that it is not needed."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.course.readiness import Cover, CoverState, Need, NeedKind, NeedState, ReadinessRule
from app.models.organisations import Organisation
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.values.access_papers import Employment, Paper
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.readiness.moves import CHECKED, COVER, ENDED, GRANTED, NEED, NEEDED, NOT_NEEDED, REPLACED, SENT_BACK
from app.readiness.telling import tell_checked, tell_entered, tell_excepted, tell_sent_back, tell_taken_away
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.readiness.parts import CHECKS, EXCEPTED, Parts, can_check, can_enter, parts_of
from app.rules.readiness.site_rules import NAMES, SiteRule, rule_at

DAY = timedelta(days=1)
PARTIES = {Role.LEARNER: Party.LEARNER, Role.MENTOR: Party.MENTOR, Role.COORDINATOR: Party.COORDINATOR}


@dataclass(frozen=True)
class Evidence:
    """The first and, where there is one, the last day on which something counts; the reference says where it is."""

    from_on: date
    until_on: date | None = None
    reference: str = ""


def enter(session: Session, need: Need, given: Evidence, is_sure: bool, occasion: Occasion) -> Cover:
    """Enter what covers a need. It counts at once when whoever enters it may check it, else once somebody has.

    What waited to be checked gives way to it. Raises Refused for days that cannot be, and where it is not hers to do.
    """
    placement = take_hold(session, occasion, need)
    parts = parts_of(actor_of(occasion), placement)
    if not can_enter(need.kind, parts):
        raise Refused("This is for somebody else to enter.")
    check_days(session, need, given, occasion.today)
    ask_about(doubts_about_text((given.reference,), occasion.today), is_sure)
    counts = can_check(need.kind, parts)
    party = party_of(CHECKS[need.kind] & parts if counts else parts)
    drop_waiting(session, need, party, occasion)
    cover = Cover(
        need=need,
        paper=need.paper,
        from_on=given.from_on,
        until_on=last_day(session, need, given),
        reference=given.reference,
        state=CoverState.TO_CHECK,
        entered_by=occasion.actor,
        entered_at=occasion.now,
    )
    session.add(cover)
    note(session, cover, "entered what is in place", occasion)
    if counts:
        COVER.move(session, cover, CHECKED, party, occasion.actor, occasion.now, name=placement.learner.name)
        tell_checked(session, cover, occasion)
    else:
        tell_entered(session, cover, occasion)
    return cover


def check_days(session: Session, need: Need, given: Evidence, today: date) -> None:
    if not need.is_needed:
        raise Overtaken("This is not needed by now.")
    if need.is_undecided:
        raise Refused("First the mentor or a coordinator has to say which paper is needed.")
    if need.kind in (NeedKind.GCP, NeedKind.DELEGATION) and given.from_on > today:
        raise Refused("The day must be today or in the past.", "from_on")
    until = last_day(session, need, given)
    if until and until < given.from_on:
        raise Refused("The last day must not come before the first.", "until_on")
    if until and until < today:
        field = "from_on" if need.kind is NeedKind.GCP else "until_on"
        again = " Do the training again, then enter the new day." if need.kind is NeedKind.GCP else ""
        raise Refused(f"That lapsed on {day_in_words(until)}.{again}", field)


def last_day(session: Session, need: Need, given: Evidence) -> date | None:
    """For training it follows from the rule of the site, for a log there is none."""
    if need.kind is NeedKind.GCP:
        return rule_at(session, need.placement.opening.organisation_id).gcp_until(given.from_on)
    return given.until_on if need.kind in (NeedKind.ACCESS, NeedKind.RELEASE) else None


def drop_waiting(session: Session, need: Need, party: Party, occasion: Occasion) -> None:
    for one in need.covers:
        if one.state is CoverState.TO_CHECK:
            COVER.move(session, one, REPLACED, party, occasion.actor, occasion.now)


def check(session: Session, cover: Cover, occasion: Occasion) -> None:
    """Say that one has seen it: from now on it counts, from the day that it names."""
    placement = take_hold(session, occasion, cover.need, cover)
    COVER.move(
        session,
        cover,
        CHECKED,
        checking_party(cover, placement, occasion),
        occasion.actor,
        occasion.now,
        name=placement.learner.name,
    )
    tell_checked(session, cover, occasion)


def send_back(session: Session, cover: Cover, reason: str, is_sure: bool, occasion: Occasion) -> None:
    """Say why it does not count; whoever entered it is told, and can enter it anew."""
    placement = take_hold(session, occasion, cover.need, cover)
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    party = checking_party(cover, placement, occasion)
    name = placement.learner.name
    COVER.move(session, cover, SENT_BACK, party, occasion.actor, occasion.now, reason=reason, name=name)
    tell_sent_back(session, cover, reason, occasion)


def end_cover(session: Session, cover: Cover, last_day: date, reason: str, is_sure: bool, occasion: Occasion) -> None:
    """Let something count no longer, after a day; the day before its first one where it never should have."""
    placement = take_hold(session, occasion, cover.need, cover)
    party = ending_party(cover, placement, occasion)
    if last_day > occasion.today:
        raise Refused("The last day must be today or in the past.", "last_day")
    if cover.until_on and last_day > cover.until_on:
        raise Refused(
            f"It counted until {day_in_words(cover.until_on)}: choose that day or an earlier one.", "last_day"
        )
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    name = placement.learner.name
    COVER.move(session, cover, ENDED, party, occasion.actor, occasion.now, reason=reason, name=name)
    cover.until_on = max(last_day, cover.from_on - DAY)
    tell_taken_away(session, cover, reason, occasion)


def make_exception(
    session: Session, need: Need, until_on: date, reason: str, is_sure: bool, occasion: Occasion
) -> Cover:
    """Let work in the study start or go on without a need, from today until a day; then it blocks again."""
    placement = take_hold(session, occasion, need)
    require(Role.COORDINATOR, parts_of(actor_of(occasion), placement))
    if need.kind not in EXCEPTED:
        raise Refused("The log is signed before the first task, so there is no exception. Observing needs no log.")
    if not need.is_needed:
        raise Overtaken("This is not needed by now.")
    first = max(occasion.today, placement.starts_on)
    if not first <= until_on <= placement.ends_on:
        raise Refused(
            f"The last day must be from {day_in_words(first)} to {day_in_words(placement.ends_on)}, when the placement "
            "ends.",
            "until_on",
        )
    if not reason.strip():
        raise Refused("Say why, in a few words", "reason")
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    cover = Cover(
        need=need,
        is_exception=True,
        from_on=occasion.today,
        until_on=until_on,
        state=CoverState.TO_CHECK,
        entered_by=occasion.actor,
        entered_at=occasion.now,
    )
    session.add(cover)
    session.flush()
    COVER.move(
        session,
        cover,
        GRANTED,
        Party.COORDINATOR,
        occasion.actor,
        occasion.now,
        reason=reason,
        name=placement.learner.name,
    )
    tell_excepted(session, cover, reason, occasion)
    return cover


def say_not_needed(session: Session, need: Need, reason: str, is_sure: bool, occasion: Occasion) -> None:
    """Say that this placement does not need it: some studies ask for no training, some keep no log."""
    placement = take_hold(session, occasion, need)
    require(Role.COORDINATOR, parts_of(actor_of(occasion), placement))
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    move_need(session, need, NOT_NEEDED, Party.COORDINATOR, occasion, reason)
    drop_waiting(session, need, Party.COORDINATOR, occasion)


def say_needed(session: Session, need: Need, occasion: Occasion) -> None:
    placement = take_hold(session, occasion, need)
    require(Role.COORDINATOR, parts_of(actor_of(occasion), placement))
    if need.employment is Employment.HOST:
        raise Refused("Who works there needs no paper. Say first who else employs the learner.")
    move_need(session, need, NEEDED, Party.COORDINATOR, occasion)


def say_paper(
    session: Session, need: Need, employment: Employment, bears_on_care: bool | None, occasion: Occasion
) -> None:
    """Say who employs the learner and whether the work bears on care, which decides the paper.

    A paper of another kind counts no longer from today, also one that is to begin later.
    """
    placement = take_hold(session, occasion, need)
    parts = parts_of(actor_of(occasion), placement) & {Role.MENTOR, Role.COORDINATOR}
    if need.kind is not NeedKind.ACCESS or not parts:
        raise Refused("This is for the mentor or a coordinator to say.")
    if employment is Employment.OTHER and bears_on_care is None:
        raise Refused("Say whether the work bears directly on the care of patients", "bears_on_care")
    party = party_of(parts)
    need.employment, need.bears_on_care = employment, bears_on_care
    wanted = NeedState.NOT_NEEDED if need.paper is Paper.NOTHING else NeedState.NEEDED
    if need.state is not wanted:
        deed = NOT_NEEDED if wanted is NeedState.NOT_NEEDED else NEEDED
        move_need(session, need, deed, party, occasion, employment.value)
    note(session, need, "said which access paper is needed", occasion, paper=need.paper.value if need.paper else "")
    drop_other_papers(session, need, party, occasion)


def drop_other_papers(session: Session, need: Need, party: Party, occasion: Occasion) -> None:
    for one in need.covers:
        if one.paper in (need.paper, None):
            continue
        if one.state is CoverState.TO_CHECK:
            COVER.move(session, one, REPLACED, party, occasion.actor, occasion.now)
        elif one.state is CoverState.GOOD and one.span.last >= occasion.today:
            reason = "Another paper is needed."
            COVER.move(session, one, ENDED, party, occasion.actor, occasion.now, reason=reason)
            one.until_on = max(occasion.today - DAY, one.from_on - DAY)


def set_rule(session: Session, organisation: Organisation | None, rule: SiteRule, occasion: Occasion) -> ReadinessRule:
    """Say what counts at an organisation, or everywhere, for what is entered and for lists that begin from now on."""
    values = {name: getattr(rule, name) for name in NAMES}
    row = ReadinessRule(organisation=organisation, **values, set_by=actor_of(occasion), set_at=occasion.now)
    session.add(row)
    session.flush()
    name = organisation.name if organisation else ""
    record(session, occasion.actor, "set what is asked before a start", row, now=occasion.now, name=name, **values)
    return row


def take_hold(session: Session, occasion: Occasion, need: Need, cover: Cover | None = None) -> Placement:
    """Let others who change the list or the placement wait, and read both afresh."""
    placement = need.placement
    session.refresh(placement, ["state", "outcome", "starts_on", "ends_on"], with_for_update=True)
    session.refresh(need, ["state", "employment", "bears_on_care"], with_for_update=True)
    session.refresh(need, ["covers"])
    if cover is not None:
        session.refresh(cover, ["state", "until_on"], with_for_update=True)
    if placement.has_gone_on(occasion.today):
        raise Overtaken("The learner goes on elsewhere: what is needed there stands on the list of that placement.")
    return placement


def checking_party(cover: Cover, placement: Placement, occasion: Occasion) -> Party:
    actor = actor_of(occasion)
    parts = CHECKS[cover.need.kind] & parts_of(actor, placement)
    if not parts or cover.is_exception:
        raise Refused("This is for somebody else to check.")
    return party_of(parts)


def ending_party(cover: Cover, placement: Placement, occasion: Occasion) -> Party:
    """Who may let it count no longer: whoever may check it, and for an exception a coordinator."""
    parts = parts_of(actor_of(occasion), placement)
    hers = parts & {Role.COORDINATOR} if cover.is_exception else parts & CHECKS[cover.need.kind]
    if not hers:
        raise Refused("This is for somebody else to end.")
    return party_of(hers)


def party_of(parts: Parts) -> Party:
    """As what somebody acts who is several things to a placement: a coordinator before a mentor."""
    return next(PARTIES[role] for role in (Role.COORDINATOR, Role.MENTOR, Role.LEARNER) if role in parts)


def require(role: Role, parts: Parts) -> None:
    if role not in parts:
        raise Refused(f"This is for a {role.value} to say.")


def move_need(session: Session, need: Need, deed: str, party: Party, occasion: Occasion, reason: str = "") -> None:
    name = need.placement.learner.name
    NEED.move(session, need, deed, party, occasion.actor, occasion.now, reason=reason, name=name)


def note(session: Session, row: Need | Cover, deed: str, occasion: Occasion, **details: str) -> None:
    need = row.need if isinstance(row, Cover) else row
    name = need.placement.learner.name
    record(session, occasion.actor, deed, row, now=occasion.now, name=name, need=need.kind.value, **details)


def actor_of(occasion: Occasion) -> Person:
    assert occasion.actor is not None
    return occasion.actor
