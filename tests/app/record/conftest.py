"""A placement that began sixty days ago with something of everything on its record, and the people who read it."""

from datetime import timedelta

import pytest

from app.models.course.capabilities import CapabilityLevel, CapabilityRating, Rater
from app.models.course.progress_reviews import ReviewKind
from app.models.hours import HoursCategory, HoursState
from app.models.meetings.private_notes import PrivateNote
from app.models.operations.parties import Party
from app.models.people import Role
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession

SECRET = "nobody else reads this"
HEALTH = "longer breaks because of her back"


@pytest.fixture
def placement(build):
    return build.placement(build.learner(name="Robin Learner"), build.mentor(name="Dr A. Mentor"))


@pytest.fixture
def supervisor(build, placement):
    person = build.person(name="Sam Supervisor")
    build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=placement.module.programme.provider)
    return person


@pytest.fixture
def coordinator(build, placement):
    return build.coordinator(placement.opening.network)


@pytest.fixture
def meet(build, session, now):
    """meet(placement, day) is a confirmed session of two hours with an action, and a private note of each of the two.

    Whoever takes it over may read its words, and nobody's note.
    """

    def make(placement, held_on, **given):
        values = {
            "minutes": 120,
            "form": SessionForm.VIDEO,
            "topics": "Consent and the protocol",
            "logged_by_id": placement.mentor_id,
            "logged_at": now,
            "confirmed_at": now,
            "form_key": f"meeting {placement.id} {held_on} {len(given)}",
            **given,
        }
        action = AgreedAction(what="Read the protocol", owner=ActionOwner.LEARNER, due_on=held_on + timedelta(days=7))
        met = build.add(SupervisionSession(placement=placement, held_on=held_on, actions=[action], **values))
        for author_id in (placement.learner_id, placement.mentor_id):
            build.add(PrivateNote(session_id=met.id, author_id=author_id, words=SECRET, written_at=now))
        return met

    return make


@pytest.fixture
def agreement(build, placement, supervisor):
    """Signed by all three."""
    made = build.agreement(placement, adjustments=HEALTH)
    build.signature(made, Party.LEARNER, placement.learner)
    build.signature(made, Party.MENTOR, placement.mentor)
    build.signature(made, Party.ACADEMIC_SUPERVISOR, supervisor)
    return made


@pytest.fixture
def review(build, placement):
    """Signed by both."""
    made = build.progress_review(placement, ReviewKind.INITIAL)
    build.review_signature(made, Party.LEARNER, Party.MENTOR)
    return made


@pytest.fixture
def whole(build, placement, today, now, meet, agreement, review):
    """The placement with all of it."""
    asked = build.capability(placement.module.programme, "Takes consent")
    build.capability(placement.module.programme, "Keeps a site file")
    build.evidence(placement, asked, title="A consent that I took")
    build.evidence(placement, asked, title="Taken back", withdrawn_at=now)
    rater = {"rater": Rater.MENTOR, "level": CapabilityLevel.CORE, "rated_by": placement.mentor, "rated_at": now}
    build.add(CapabilityRating(placement=placement, wording=asked.wording, **rater))
    build.entry(placement, minutes=90, state=HoursState.VERIFIED)
    build.entry(placement, minutes=60, state=HoursState.SUBMITTED)
    build.entry(placement, minutes=30, category=HoursCategory.TEACHING)
    build.entry(placement, minutes=45, state=HoursState.WITHDRAWN, withdrawn_at=now)
    meet(placement, today - timedelta(days=10))
    return placement
