"""The list of what a placement needs begins with it and goes on with it: what stays valid elsewhere is carried over."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.folding import as_searched
from app.models.course.readiness import COUNTS, Cover, CoverState, Need, NeedKind, NeedState
from app.models.organisations import Organisation
from app.models.people import LearnerProfile
from app.models.placements import Placement
from app.models.values.access_papers import Employment
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rules.readiness.missing import needs_of
from app.rules.readiness.site_rules import SiteRule, rule_at

NHS = "nhs"
CARRIED = COUNTS | {CoverState.TO_CHECK}


@dataclass(frozen=True)
class Stays:
    """What is the same at the next place."""

    organisation: bool
    study: bool

    def keeps(self, kind: NeedKind) -> bool:
        """Training and release go with the learner, a paper with the organisation, the log with the study there."""
        return {
            NeedKind.ACCESS: self.organisation,
            NeedKind.DELEGATION: self.organisation and self.study,
        }.get(kind, True)

    def keeps_exceptions(self) -> bool:
        """An exception was made for one place, by who coordinates it."""
        return self.organisation and self.study


def begin_needs(session: Session, placement: Placement, occasion: Occasion) -> dict[NeedKind, Need]:
    """Begin the list of a placement that was agreed; training of an earlier placement is on it already."""
    session.flush()
    rule = rule_at(session, placement.opening.organisation_id)
    needs = fresh_needs(session, placement, rule)
    training = latest_training(session, placement)
    if training is not None:
        carry(needs[NeedKind.GCP], [training], rule)
        note_carried(session, needs[NeedKind.GCP], occasion)
    return needs


def fresh_needs(session: Session, placement: Placement, rule: SiteRule) -> dict[NeedKind, Need]:
    needs = {kind: need_for(placement, kind, rule) for kind in NeedKind}
    session.add_all(needs.values())
    session.flush()
    return needs


def need_for(placement: Placement, kind: NeedKind, rule: SiteRule) -> Need:
    need = Need(
        placement=placement, kind=kind, state=NeedState.NEEDED, due_on=rule.due_on(kind, placement.starts_on), covers=[]
    )
    if kind is NeedKind.ACCESS:
        need.employment = employment_of(placement.learner.learner_profile, placement.opening.organisation)
        if need.employment is Employment.HOST:
            need.state = NeedState.NOT_NEEDED
    return need


def employment_of(profile: LearnerProfile | None, host: Organisation) -> Employment | None:
    """Who employs the learner, as far as her profile tells; None where somebody has to say it."""
    if profile is None:
        return None
    if profile.employer_id is not None and profile.employer_id == host.id:
        return Employment.HOST
    name = as_searched(profile.employer.name if profile.employer else profile.employer_name)
    return Employment.NHS if NHS in name.split() else None


def latest_training(session: Session, placement: Placement) -> Cover | None:
    """The newest training of the learner that somebody has seen, in another placement of hers."""
    statement = (
        select(Cover)
        .join(Cover.need)
        .join(Need.placement)
        .where(
            Placement.learner_id == placement.learner_id,
            Need.placement_id != placement.id,
            Need.kind == NeedKind.GCP,
            Cover.state == CoverState.GOOD,
            Cover.is_exception.is_(False),
        )
        .order_by(Cover.from_on.desc(), Cover.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def carry_needs(session: Session, before: Placement, after: Placement, occasion: Occasion) -> None:
    """Give the next part of a placement its list, with what stays valid there.

    A placement that was agreed before there were lists gets none while it stays on its study at its organisation.
    """
    session.flush()
    earlier = {need.kind: need for need in needs_of(session, before)}
    stays = Stays(
        before.opening.organisation_id == after.opening.organisation_id,
        before.opening.study_id == after.opening.study_id,
    )
    if not earlier and stays.organisation and stays.study:
        return
    if not earlier:
        begin_needs(session, after, occasion)
        return
    rule = rule_at(session, after.opening.organisation_id)
    for kind, need in fresh_needs(session, after, rule).items():
        if kind in earlier and stays.keeps(kind):
            take_over(need, earlier[kind], stays, rule)
            note_carried(session, need, occasion)


def note_carried(session: Session, need: Need, occasion: Occasion) -> None:
    session.flush()
    if need.covers:
        name, number = need.placement.learner.name, len(need.covers)
        deed = "carried over what is in place"
        record(session, occasion.actor, deed, need, now=occasion.now, name=name, covers=number)


def take_over(need: Need, known: Need, stays: Stays, rule: SiteRule) -> None:
    """What was said and found of a need holds for the next part too."""
    if need.kind is NeedKind.ACCESS:
        need.employment, need.bears_on_care = known.employment, known.bears_on_care
    if need.kind is not NeedKind.GCP or stays.keeps_exceptions():
        need.state = known.state
    kept = [one for one in known.covers if not one.is_exception or stays.keeps_exceptions()]
    carry(need, kept, rule)


def carry(need: Need, covers: list[Cover], rule: SiteRule) -> None:
    """Copy what covers a need; how long training counts is for each organisation to say."""
    for one in covers:
        if one.state not in CARRIED:
            continue
        until = one.until_on
        if need.kind is NeedKind.GCP and one.state is not CoverState.ENDED and not one.is_exception:
            until = rule.gcp_until(one.from_on)
        need.covers.append(
            Cover(
                is_exception=one.is_exception,
                paper=one.paper,
                from_on=one.from_on,
                until_on=until,
                reference=one.reference,
                state=one.state,
                entered_by_id=one.entered_by_id,
                entered_at=one.entered_at,
            )
        )
