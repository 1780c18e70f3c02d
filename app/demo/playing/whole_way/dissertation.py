"""The dissertation of the whole way: proposed and agreed, approved by whoever has to, and handed in."""

from datetime import date

from sqlalchemy import select

from app.demo.playing.days import as_done_by
from app.demo.playing.whole_way.scene import KINGS, Scene
from app.dissertations.service import (
    SaidApproval,
    Written,
    agree,
    begin,
    record_approval,
    send,
    submit,
    tick,
    write,
)
from app.models.academic.dissertations import ApprovalKind, ApprovalState, Dissertation, MilestoneKind
from app.models.people import Person
from app.models.programmes import Level
from app.models.studies import Study
from app.platform.lifecycle import Party
from app.promises.supervising.naming import Learner, name_supervisor
from app.rules.academic.supervisors import assignments_of, supervisors_at

TITLE = "What helps people on a ward decide about joining a study"
PROPOSAL = (
    "I ask people who were invited to the study what helped them to decide, and what they would have liked to know. "
    "Twelve conversations of half an hour each; the themes are worked out with two of those who took part."
)
APPROVALS = {
    ApprovalKind.UNIVERSITY_ETHICS: SaidApproval(ApprovalState.GIVEN, "Demo ethics 24-117", date(2024, 11, 25)),
    ApprovalKind.NHS_ETHICS: SaidApproval(ApprovalState.GIVEN, "Demo committee 24-52", date(2024, 12, 18)),
    ApprovalKind.HRA: SaidApproval(ApprovalState.GIVEN, "Demo approval 24-90", date(2025, 1, 8)),
    ApprovalKind.SITE: SaidApproval(ApprovalState.NOT_NEEDED, reason="The study is open at the site already."),
}


def she_proposes(scene: Scene) -> None:
    """She joins, gets an academic supervisor, and sends what she proposes; it is rooted in a study of the network."""
    session, by = scene.session, scene.by_learner()
    scene.joins(KINGS, Level.MSC)
    enrolment, lead = scene.enrolment(KINGS, Level.MSC), scene.lead(KINGS)
    others = (one for one in supervisors_at(session, [enrolment.programme.provider_id]) if one is not lead)
    learners = [Learner(enrolment, scene.learner)]
    name_supervisor(session, scene.by_lead(KINGS), learners, next(others), "", is_sure=True)
    module = scene.module(KINGS, Level.MSC, "Dissertation")
    dissertation = begin(session, by, enrolment, module)
    session.flush()
    study = session.scalars(select(Study).order_by(Study.id).limit(1)).first()
    write(session, by, dissertation, Written(TITLE, PROPOSAL, study, "" if study else "None is near."), is_sure=True)
    session.flush()
    send(session, by, dissertation)


def supervisor_agrees(scene: Scene) -> None:
    agree(scene.session, as_done_by(scene.occasion, supervisor_in(scene)), dissertation_in(scene), scene.learner)


def she_has_what_she_needs(scene: Scene) -> None:
    for kind, said in APPROVALS.items():
        record_approval(scene.session, scene.by_learner(), dissertation_in(scene), kind, said, is_sure=True)


def she_submits(scene: Scene) -> None:
    dissertation, by = dissertation_in(scene), scene.by_learner()
    for kind in (MilestoneKind.RESEARCH, MilestoneKind.FULL_DRAFT):
        tick(scene.session, by, dissertation, kind)
    submit(scene.session, by, dissertation, scene.learner, Party.LEARNER, scene.today)


def dissertation_in(scene: Scene) -> Dissertation:
    enrolment = scene.enrolment(KINGS, Level.MSC)
    return scene.session.scalars(select(Dissertation).where(Dissertation.enrolment_id == enrolment.id)).one()


def supervisor_in(scene: Scene) -> Person:
    enrolment_id = scene.enrolment(KINGS, Level.MSC).id
    return assignments_of(scene.session, [enrolment_id])[enrolment_id].supervisor
