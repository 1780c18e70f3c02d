"""Whether two learners can swap, against every limit counted anew on the bare rows as they would stand after it."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.pairs.conflicts import Conflict, ConflictKind
from app.models.people import MentorAbsence
from app.models.placements import Offer
from app.models.programmes import Level
from app.models.requests import ExcludedMentor, ExclusionKind
from app.models.studies import OpeningLevel, OpeningProfession, OpeningState
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus
from app.rules.course.swapping import in_the_way_of_swap

FOUR_WEEKS = timedelta(weeks=4)
ODD = ["level", "network", "profession", "excluded", "conflict", "paused", "closed", "late", "away"]


@st.composite
def cases(draw):
    """What is said of each of the two sides, and of what they may share."""
    sides = [
        {
            "hours": draw(st.integers(2, 6)),
            "learners_max": draw(st.integers(1, 3)),
            "hours_a_month": draw(st.integers(4, 14)),
            "places": draw(st.integers(1, 2)),
            "limit": draw(st.sampled_from([None, 1, 2, 3])),
            "others": draw(st.integers(0, 1)),
            "odd": draw(st.sampled_from([None] * len(ODD) + ODD)),
        }
        for _ in range(2)
    ]
    return sides, draw(st.sampled_from(["nothing", "mentor", "study"]))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_two_swap_exactly_where_every_limit_holds_afterwards(session, build, two, case):
    sides, shared = case
    session.commit()
    with session.begin_nested() as kept:
        make(session, build, two, sides, shared)
        found = in_the_way_of_swap(session, two.one, two.other, build.today)
        of_pairs = [fits(two.one, two.other, build.today), fits(two.other, two.one, build.today)]
        two.one.opening, two.other.opening = two.other.opening, two.one.opening
        session.flush()
        assert (not found) == (all(of_pairs) and within_limits(session))
        kept.rollback()
    session.expire_all()


def make(session, build, two, sides, shared):
    offers = (two.one, two.other)
    if shared == "mentor":
        two.other.opening.mentor = two.one.opening.mentor
    if shared == "study":
        two.other.opening.study = two.one.opening.study
    for offer, side in zip(offers, sides, strict=True):
        opening = offer.opening
        programme = build.programme()
        offer.request.module = programme.modules[0]
        offer.request.module.supervision_hours_a_month = side["hours"]
        profile = opening.mentor.mentor_profile
        profile.learners_max, profile.hours_a_month = side["learners_max"], side["hours_a_month"]
        opening.places, opening.study.learner_limit = side["places"], side["limit"]
        for _ in range(side["others"]):
            build.offer(build.request(networks=[opening.network]), opening, two.round)
    for (offer, side), other in zip(zip(offers, sides, strict=True), offers[::-1], strict=True):
        add_oddity(build, side["odd"], offer.request, other.opening)
    session.flush()
    session.expire_all()


def add_oddity(build, odd, request, opening):
    """One thing that stands between a learner and the place that she would have."""
    learner, mentor = request.learner, opening.mentor
    match odd:
        case "level":
            opening.level_rows = [OpeningLevel(level=Level.PGDIP)]
        case "network":
            request.networks = [build.network()]
        case "profession":
            opening.profession_rows = [OpeningProfession(profession=Profession.DOCTOR)]
        case "excluded":
            named = {"kind": ExclusionKind.CONFLICT, "name": mentor.name, "mentor_id": mentor.id}
            build.add(ExcludedMentor(learner_id=learner.id, **named))
        case "conflict":
            told = {"kind": ConflictKind.LINE_MANAGER, "reason": "One team.", "created_at": build.now}
            build.add(Conflict(learner=learner, mentor=mentor, author=mentor, **told))
        case "paused":
            opening.state = OpeningState.PAUSED
        case "closed":
            opening.study.status = StudyStatus.COMPLETED
        case "late":
            request.start_until = opening.starts_on - timedelta(days=1)
        case "away":
            build.add(
                MentorAbsence(mentor_id=mentor.id, starts_on=build.today, ends_on=build.today + timedelta(days=400))
            )


def fits(learners, places, today):
    """Whether the learner of one offer could be on the opening of the other, numbers aside."""
    request, opening = learners.request, places.opening
    learner, mentor = request.learner, opening.mentor
    accepted = {row.profession for row in opening.profession_rows}
    day, days = max(request.start_from, opening.starts_on, today), []
    while day <= min(request.start_until, opening.ends_on - FOUR_WEEKS):
        if not any(one.starts_on <= day <= one.ends_on for one in mentor.mentor_profile.absences):
            days.append(day)
        day += timedelta(days=1)
    return (
        request.module.programme.level in {row.level for row in opening.level_rows}
        and opening.network_id in {network.id for network in request.networks}
        and (not accepted or learner.learner_profile.profession in accepted)
        and all(one.mentor_id != mentor.id for one in request.excluded)
        and all(one.mentor_id != mentor.id for one in request.conflicts)
        and opening.state is OpeningState.PUBLISHED
        and opening.study.status is StudyStatus.OPEN
        and bool(days)
    )


def within_limits(session):
    """Whether no opening, mentor or study has more learners, and no mentor gives more hours, than it can."""
    held = [(offer.opening, offer.request) for offer in session.scalars(select(Offer))]
    for opening, _ in held:
        profile, limit = opening.mentor.mentor_profile, opening.study.learner_limit
        with_mentor = [request for other, request in held if other.mentor_id == opening.mentor_id]
        if (
            sum(other is opening for other, _ in held) > opening.places
            or len(with_mentor) > profile.learners_max
            or sum(request.module.supervision_hours_a_month for request in with_mentor) > profile.hours_a_month
            or (limit is not None and sum(other.study_id == opening.study_id for other, _ in held) > limit)
        ):
            return False
    return True
