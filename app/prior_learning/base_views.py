"""The blueprint of prior learning, and the loaders that its views share."""

from flask import Blueprint

from app.models.academic.prior_learning import PriorLearningClaim
from app.models.people import Person
from app.models.programmes import Enrolment
from app.platform.db import db
from app.prior_learning import queries
from app.web.access import found, signed_in

blueprint = Blueprint("prior_learning", __name__)


def claim_read(claim_id: int) -> tuple[PriorLearningClaim, Person]:
    """The claim and its learner, if she may read it, or 404."""
    claim, learner = found(queries.claim_seen_by(db.session(), signed_in(), claim_id))
    return claim, learner


def own_claim(claim_id: int) -> PriorLearningClaim:
    """The claim, if she is the learner who makes it."""
    claim: PriorLearningClaim
    claim, _ = found(queries.claim_of_learner(db.session(), signed_in(), claim_id))
    return claim


def claim_to_decide(claim_id: int) -> tuple[PriorLearningClaim, Person]:
    """The claim and its learner, if she leads programmes of the university."""
    claim, learner = found(queries.claim_decided_by(db.session(), signed_in(), claim_id))
    return claim, learner


def own_enrolment(enrolment_id: int) -> Enrolment:
    enrolment: Enrolment = found(queries.enrolment_of(db.session(), signed_in(), enrolment_id))
    return enrolment
