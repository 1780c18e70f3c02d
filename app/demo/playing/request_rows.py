"""The placement requests of the demo as rows."""

from datetime import datetime

from app.demo.playing.rows import Rows
from app.demo.world.records import DemoExclusion, DemoLearner
from app.models.programmes import ModuleKind
from app.models.requests import ExcludedMentor, PlacementRequest, RankedOpening, RequestSpecialty, RequestState


def request_row(rows: Rows, learner: DemoLearner, now: datetime) -> PlacementRequest:
    """A submitted request; what it ranks and nobody has published is left out."""
    ranked = [rows.openings[key] for key in learner.ranked if key in rows.openings]
    return PlacementRequest(
        learner=rows.learners[learner.key],
        module=next(m for m in rows.programmes[learner.programme].modules if m.kind is ModuleKind.RPE),
        state=RequestState.SUBMITTED,
        interests=learner.words,
        start_from=learner.start_from,
        start_until=learner.start_until,
        nobody_excluded=not learner.exclusions,
        takes_any_other=learner.takes_any_other,
        created_at=now,
        submitted_at=now,
        networks=[rows.networks[name] for name in learner.networks],
        specialty_rows=[
            RequestSpecialty(specialty=rows.specialties[name], position=position)
            for position, name in enumerate(learner.specialties, 1)
        ],
        ranked=[RankedOpening(opening=opening, position=position) for position, opening in enumerate(ranked, 1)],
        excluded=[_excluded(rows, exclusion) for exclusion in learner.exclusions],
    )


def _excluded(rows: Rows, exclusion: DemoExclusion) -> ExcludedMentor:
    mentor = rows.mentors[exclusion.mentor]
    return ExcludedMentor(kind=exclusion.kind, why=exclusion.why, name=mentor.name, email=mentor.email, mentor=mentor)
