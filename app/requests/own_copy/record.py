"""A request as a record that its learner can keep: every answer, the list in order, and what concerns her beside."""

from datetime import date, datetime
from typing import Any

from app.models.people import LearnerProfile
from app.models.requests import PlacementRequest, RankedOpening
from app.models.rounds import MatchRound
from app.requests.own_copy.beside import beside_in_copy
from app.requests.own_copy.concerning import Concerning


def copy_of(request: PlacementRequest, beside: Concerning, now: datetime) -> dict[str, Any]:
    """The request in plain words and values that fit JSON; days are ISO dates, moments are in UTC."""
    return {
        "format": "rpe-request/1",
        "copied_at": now.isoformat(),
        **request_in_copy(request, now),
        **beside_in_copy(beside),
    }


def request_in_copy(request: PlacementRequest, now: datetime) -> dict[str, Any]:
    """The request alone."""
    module = request.module
    return {
        "state": request.state.value,
        "submitted_at": request.submitted_at.isoformat() if request.submitted_at else None,
        "round": request.round.name if request.round else None,
        "seeds_of_the_round": _seeds(request.round, now) if request.round else None,
        "learner": {"name": request.learner.name, **profile_in_copy(request.learner.learner_profile)},
        "university": module.programme.provider.name if module else None,
        "programme": module.programme.title if module else None,
        "module": module.title if module else None,
        "interests": request.interests,
        "specialties": [row.specialty.name for row in request.specialty_rows],
        "networks": [network.name for network in request.networks],
        "start_from": _iso(request.start_from),
        "start_until": _iso(request.start_until),
        "may_not_be_my_mentor": [
            {"name": one.name, "email": one.email, "kind": one.kind.value, "why": one.why} for one in request.excluded
        ],
        "my_list": [_choice(row) for row in request.ranked],
        "takes_any_other": request.takes_any_other,
    }


def profile_in_copy(profile: LearnerProfile | None) -> dict[str, str | None]:
    if profile is None:
        return {}
    return {
        "profession": profile.profession.value if profile.profession else None,
        "regulator": profile.regulator.value if profile.regulator else None,
        "registration_number": profile.registration_number,
        "job_title": profile.job_title,
        "employer": profile.employer.name if profile.employer else profile.employer_name,
        "kind_of_employer": profile.employer_kind.value if profile.employer_kind else None,
        "research_experience": profile.research_experience.value if profile.research_experience else None,
    }


def _seeds(round_: MatchRound, now: datetime) -> dict[str, Any]:
    """The digests of the seeds that were drawn, oldest first, and the one that counts, once it can be read."""
    return {"seed_sha256": [drawn.digest for drawn in round_.seeds], "seed": round_.seed.readable(now) or None}


def _choice(row: RankedOpening) -> dict[str, Any]:
    opening = row.opening
    return {
        "position": row.position,
        "study": opening.study.title,
        "identifiers": [f"{one.scheme.value} {one.value}" for one in opening.study.identifiers],
        "mentor": opening.mentor.name,
        "organisation": opening.organisation.name,
        "network": opening.network.name,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
