"""Deeds with learning agreements: begin, write, give to be signed, sign, and let it be changed."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.agreements import telling
from app.agreements.moves import AGREEMENTS, GAVE, WROTE, reopening_by
from app.agreements.starts import Start
from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.course.agreements import AgreementState, AgreementTemplate, Cadence, LearningAgreement, Objective
from app.models.course.capabilities import CapabilityWording
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Programme
from app.phrasebook.of_placements.agreements import cannot_be_given
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rules.agreements.capabilities import wordings_now
from app.rules.agreements.kind import AGREEMENT, agreement_of
from app.rules.agreements.lacks import lacks_of
from app.rules.agreements.parts import part_of
from app.rules.agreements.planned_hours import pauses_in, spread_evenly
from app.rules.doubts import ask_about, doubts_about_text

OBJECTIVES_MAX = 12
COLUMNS = tuple(LearningAgreement.__mapper__.columns.keys())


def begin(session: Session, occasion: Occasion, placement: Placement, start: Start) -> LearningAgreement:
    """Begin the agreement of a placement; raises Overtaken where there is one."""
    require_running(placement, occasion)
    if agreement_of(session, placement):
        raise Overtaken("You have begun the learning agreement of this placement already.")
    agreement = LearningAgreement(
        placement=placement,
        state=AgreementState.DRAFT,
        objectives=[Objective(words=one.words, capabilities=list(one.capabilities)) for one in start.objectives],
        sessions=start.sessions,
        working_pattern=start.working_pattern,
        begun_at=occasion.now,
    )
    plan_categories(agreement, dict(start.minutes_by_category))
    session.add(agreement)
    record(session, occasion.actor, "began a learning agreement", agreement, now=occasion.now)
    return agreement


def write_objective(
    session: Session,
    occasion: Occasion,
    agreement: LearningAgreement,
    objective: Objective | None,
    words: str,
    capabilities: Sequence[CapabilityWording],
    *,
    is_sure: bool,
) -> None:
    """Add an objective, or change the words of one and the capabilities that it is about."""
    ask_about(doubts_about_text((words,), occasion.today), is_sure)
    hold_draft(session, occasion, agreement)
    if objective is None:
        if len(agreement.objectives) >= OBJECTIVES_MAX:
            raise Refused(f"There are {OBJECTIVES_MAX} objectives already. Change or remove one.", "words")
        objective = Objective()
        agreement.objectives.append(objective)
    objective.words, objective.capabilities = words, list(capabilities)
    note_written(session, occasion, agreement)


def remove_objective(session: Session, occasion: Occasion, agreement: LearningAgreement, objective: Objective) -> None:
    hold_draft(session, occasion, agreement)
    agreement.objectives.remove(objective)
    note_written(session, occasion, agreement)


def plan_hours(session: Session, occasion: Occasion, agreement: LearningAgreement, by_category: dict[str, int]) -> None:
    """Say how many minutes of each category are planned; another sum is spread over the months anew."""
    hold_draft(session, occasion, agreement)
    plan_categories(agreement, by_category)
    note_written(session, occasion, agreement)


def plan_categories(agreement: LearningAgreement, by_category: dict[str, int]) -> None:
    placement, before = agreement.placement, agreement.planned_minutes if agreement.minutes_by_category else 0
    agreement.minutes_by_category = by_category
    if agreement.planned_minutes != before:
        first, last, pauses = placement.starts_on, placement.ends_on, pauses_in(placement)
        agreement.minutes_by_month = spread_evenly(agreement.planned_minutes, first, last, pauses)


def plan_months(session: Session, occasion: Occasion, agreement: LearningAgreement, by_month: dict[str, int]) -> None:
    """Say how many minutes are planned in each month; raises Refused where they are not those of the categories."""
    hold_draft(session, occasion, agreement)
    planned, said = agreement.planned_minutes // 60, sum(by_month.values()) // 60
    if said != planned:
        short = f"Add {planned - said} h." if said < planned else f"Take away {said - planned} h."
        raise Refused(f"The months add up to {said} h, and {planned} h are planned. {short}")
    agreement.minutes_by_month = by_month
    note_written(session, occasion, agreement)


def write_working(
    session: Session,
    occasion: Occasion,
    agreement: LearningAgreement,
    sessions: Cadence,
    working_pattern: str,
    adjustments: str,
    *,
    is_sure: bool,
) -> None:
    """Say how often the two meet, on which days the learner works in the study, and which adjustments help her."""
    ask_about(doubts_about_text((working_pattern, adjustments), occasion.today), is_sure)
    hold_draft(session, occasion, agreement)
    agreement.sessions, agreement.working_pattern, agreement.adjustments = sessions, working_pattern, adjustments
    note_written(session, occasion, agreement)


def give(session: Session, occasion: Occasion, agreement: LearningAgreement) -> None:
    """Give it to be signed, and tell mentor and academic supervisors; raises Refused with what it lacks."""
    hold(session, occasion, agreement)
    lacks = lacks_of(agreement, bool(wordings_now(session, agreement.placement.module.programme_id)))
    if lacks and agreement.state is AgreementState.DRAFT:
        raise Refused(cannot_be_given(lacks))
    AGREEMENTS.move(session, agreement, GAVE, Party.LEARNER, occasion.actor, occasion.now)
    telling.tell_given(session, occasion, agreement)


def sign(session: Session, occasion: Occasion, agreement: LearningAgreement, seen: str) -> Signature:
    """Sign what was read; once all have signed, all hear. Raises as `SignedLifecycle.sign` does."""
    actor = actor_of(occasion)
    hold(session, occasion, agreement)
    was_complete = AGREEMENT.standing(session, agreement).is_complete
    party = party_of(session, actor, agreement.placement)
    signature = AGREEMENTS.sign(session, agreement, party, actor, occasion.now, seen=seen)
    standing = AGREEMENT.standing(session, agreement)
    if standing.is_complete and not was_complete:
        telling.tell_complete(session, occasion, agreement, standing)
    return signature


def reopen(
    session: Session, occasion: Occasion, agreement: LearningAgreement, reason: str, *, is_sure: bool
) -> Sequence[Person]:
    """Let the learner write it again: what was signed is void, and whoever had signed hears; returns who is told."""
    actor = actor_of(occasion)
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    hold(session, occasion, agreement)
    before, party = AGREEMENT.standing(session, agreement), party_of(session, actor, agreement.placement)
    AGREEMENTS.move(session, agreement, reopening_by(party), party, actor, occasion.now, reason=reason)
    return telling.tell_reopened(session, occasion, agreement, before, reason.strip())


def set_template(session: Session, occasion: Occasion, programme: Programme, start: Start) -> AgreementTemplate:
    """Suggest what agreements of a programme begin with from now on; those that were begun stay as they are."""
    template = AgreementTemplate(
        programme=programme,
        objectives=[one.words for one in start.objectives],
        minutes_by_category=dict(start.minutes_by_category),
        sessions=start.sessions,
        set_by=actor_of(occasion),
        set_at=occasion.now,
    )
    session.add(template)
    record(session, occasion.actor, "set the template of learning agreements", template, now=occasion.now)
    return template


def hold(session: Session, occasion: Occasion, agreement: LearningAgreement) -> None:
    """Let whoever changes or signs it meanwhile wait, and read what became of it; its placement must go its way."""
    session.refresh(agreement, COLUMNS, with_for_update=True)
    require_running(agreement.placement, occasion)


def hold_draft(session: Session, occasion: Occasion, agreement: LearningAgreement) -> None:
    """The same of one that is being written; raises Overtaken where it was given to be signed."""
    hold(session, occasion, agreement)
    AGREEMENTS.check(WROTE, agreement.state, Party.LEARNER)


def note_written(session: Session, occasion: Occasion, agreement: LearningAgreement) -> None:
    AGREEMENTS.move(session, agreement, WROTE, Party.LEARNER, occasion.actor, occasion.now)


def require_running(placement: Placement, occasion: Occasion) -> None:
    if placement.can_change_on(occasion.today):
        return
    if placement.has_gone_on(occasion.today):
        raise Refused("The placement goes on elsewhere. What is agreed from now on is agreed there.")
    raise Refused(f"The placement ended on {day_in_words(placement.ends_on)}. What was agreed stays as it is.")


def party_of(session: Session, person: Person, placement: Placement) -> Party:
    party = part_of(session, person, placement)
    if party is None:
        raise Refused("You can read this learning agreement. Signing it is for others.")
    return party


def actor_of(occasion: Occasion) -> Person:
    assert occasion.actor is not None
    return occasion.actor
