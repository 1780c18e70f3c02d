"""The supervisor, the study and the opening behind a nomination: found where they are known, made where not."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.folding import as_searched
from app.language.refusal import Refused
from app.models.pairs.nominations import Nomination
from app.models.people import MentorProfile, Person, Role, RoleGrant
from app.models.studies import Opening, OpeningLevel, OpeningState, Study, StudyIdentifier
from app.models.values.study_status import StudyStatus
from app.nominations.answering import person_behind
from app.platform.audit import record

HOURS_A_MONTH = 4


def mentor_for(session: Session, actor: Person, nomination: Nomination, now: datetime) -> Person:
    """The person with the nominated address as a mentor; there is never a second account for one address."""
    person = person_behind(session, nomination)
    if person is None:
        person = Person(name=nomination.name, email=nomination.email, created_at=now)
        session.add(person)
        record(session, actor, "invited a person", person, now=now, name=person.name)
    if not person.is_active:
        raise Refused("This person’s account is withdrawn. Ask an administrator to restore it first.")
    if Role.MENTOR not in person.roles:
        person.grants.append(RoleGrant(role=Role.MENTOR, granted_at=now, granted_by_id=actor.id))
        record(session, actor, "gave a role", person, now=now, name=person.name, role=Role.MENTOR.value)
    if person.mentor_profile is None:
        person.mentor_profile = MentorProfile(
            job_title=nomination.job_title,
            organisation=nomination.organisation,
            learners_max=1,
            hours_a_month=max(HOURS_A_MONTH, nomination.module.supervision_hours_a_month),
        )
    session.flush()
    return person


def opening_for(session: Session, actor: Person, nomination: Nomination, mentor: Person, now: datetime) -> Opening:
    """The mentor's opening on the study; a new one is for this learner alone, and no other can ask for it."""
    study = study_for(session, actor, nomination, now)
    known = select(Opening).where(
        Opening.mentor_id == mentor.id, Opening.study_id == study.id, Opening.state != OpeningState.WITHDRAWN
    )
    opening = session.scalar(known)
    if opening is not None:
        return opening
    opening = Opening(
        mentor=mentor,
        study=study,
        organisation=nomination.organisation,
        network=nomination.network,
        state=OpeningState.PAUSED,
        places=1,
        starts_on=nomination.starts_on,
        ends_on=nomination.ends_on,
        created_at=now,
        level_rows=[OpeningLevel(level=nomination.module.programme.level)],
        profession_rows=[],
    )
    session.add(opening)
    record(session, actor, "made an opening for one learner", opening, now=now, name=study.name)
    return opening


def study_for(session: Session, actor: Person, nomination: Nomination, now: datetime) -> Study:
    """The study that was chosen or has the number by now; else one with the title and the number that were typed."""
    if nomination.study:
        return nomination.study
    numbered = (StudyIdentifier.scheme == nomination.scheme, StudyIdentifier.value == nomination.number)
    study = session.scalar(select(Study).join(Study.identifiers).where(*numbered))
    if study is None:
        study = Study(title=nomination.study_title, status=StudyStatus.OPEN, source="a nomination")
        if nomination.scheme:
            study.identifiers = [StudyIdentifier(scheme=nomination.scheme, value=nomination.number)]
        study.search_text = as_searched(f"{study.title} {nomination.study_numbers}")
        session.add(study)
        record(session, actor, "added a study", study, now=now)
    nomination.study = study
    return study
