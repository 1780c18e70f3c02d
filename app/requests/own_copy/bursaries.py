"""What is recorded of a learner's applications for bursaries, for her own copy: what she said, scores, sums spent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.bursaries.applications import BursaryApplication
from app.models.bursaries.assessing import Interest, ScoreSheet
from app.models.bursaries.calls import BursaryCall
from app.models.bursaries.spending import Spending
from app.models.operations.state_changes import StateChange
from app.models.people import Person
from app.platform.lifecycle import stories_of


@dataclass(frozen=True)
class BursaryOfHers:
    """One application with what became of it.

    She has the scores once her call is decided, with the assessors' reasons but not their names, as with any panel; of
    a conflict of interest that somebody declared, that there was one.
    """

    application: BursaryApplication
    story: Sequence[StateChange]
    sheets: Sequence[ScoreSheet]
    interests: int
    spending: Sequence[Spending]


def bursaries_of_learner(session: Session, learner: Person) -> list[BursaryOfHers]:
    """All that she began, the oldest first; a few queries, however many they are."""
    hers = select(BursaryApplication).where(BursaryApplication.learner_id == learner.id)
    call = joinedload(BursaryApplication.call).selectinload(BursaryCall.criteria)
    whole = hers.options(call, joinedload(BursaryApplication.programme)).order_by(BursaryApplication.id)
    applications = session.scalars(whole).all()
    ids, stories = [one.id for one in applications], stories_of(session, applications)
    sheets = session.scalars(select(ScoreSheet).where(ScoreSheet.application_id.in_(ids)).order_by(ScoreSheet.id)).all()
    interests = session.scalars(select(Interest.application_id).where(Interest.application_id.in_(ids))).all()
    spent = select(Spending).where(Spending.application_id.in_(ids)).options(selectinload(Spending.noted_by))
    spending = session.scalars(spent.order_by(Spending.spent_on, Spending.id)).all()
    return [
        BursaryOfHers(
            one,
            stories[one.id],
            [sheet for sheet in sheets if sheet.application_id == one.id and one.call.is_decided],
            interests.count(one.id),
            [sum_ for sum_ in spending if sum_.application_id == one.id],
        )
        for one in applications
    ]


def bursary_as_kept(one: BursaryOfHers) -> dict[str, Any]:
    """In plain words and values that fit JSON."""
    application = one.application
    criteria = {str(criterion.id): criterion.title for criterion in application.call.criteria}
    return {
        "call": application.call.title,
        "reference": application.reference,
        "state": application.state.value,
        "profession": application.profession.value if application.profession else None,
        "regulator": application.regulator.value if application.regulator else None,
        "registration_number": application.registration_number,
        "programme": application.programme.title if application.programme else None,
        "how_the_place_was_offered": application.place,
        "level_before": application.level_before,
        "had_a_bursary_before": application.was_funded,
        "takes_the_level_again": application.is_retake,
        "statement": application.statement,
        "sent_at": application.sent_at.isoformat() if application.sent_at else None,
        "order": application.position,
        "score_of_100": application.score_hundredths / 100 if application.score_hundredths is not None else None,
        "answer_until": application.answer_until.isoformat() if application.answer_until else None,
        "what_happened": [
            {"at": change.at.isoformat(), "what": change.deed, "why": change.reason} for change in one.story
        ],
        "scores": [
            {
                "points": {criteria[id_]: given for id_, given in sheet.points.items()},
                "reasons": sheet.words,
                "at": sheet.scored_at.isoformat(),
            }
            for sheet in one.sheets
        ],
        "conflicts_of_interest_declared": one.interests,
        "spent": [
            {
                "day": sum_.spent_on.isoformat(),
                "on": sum_.kind.value,
                "for": sum_.words,
                "pence": sum_.pence,
                "noted_by": sum_.noted_by.name,
                "taken_out": sum_.taken_out_why or None,
            }
            for sum_ in one.spending
        ],
    }
