"""What the home page says of prior learning: to its learner, and to those who decide."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_in_words, day_of
from app.models.academic.prior_learning import TO_WRITE, ClaimState, PriorLearningClaim
from app.models.people import Person, Role
from app.models.programmes import Enrolment
from app.prior_learning.deciding import may_decide
from app.prior_learning.queries import claims_to_decide
from app.rules.academic.reach import reaches_enrolment
from app.rules.home_items import HomeItem, ToDo
from app.rules.prior_learning.lost import lost_uses

NAMED_AT_MOST = 20


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    return [*to_write(session, person), *to_decide(session, person), *to_see_again(session, person)]


def to_write(session: Session, person: Person) -> list[HomeItem]:
    """Her claims that nobody else can do anything about."""
    if Role.LEARNER not in person.roles:
        return []
    hers = Enrolment.learner_id == person.id, PriorLearningClaim.state.in_(TO_WRITE)
    statement = select(PriorLearningClaim).join(PriorLearningClaim.enrolment).where(*hers)
    statement = statement.options(joinedload(PriorLearningClaim.module)).order_by(PriorLearningClaim.id)
    found: list[HomeItem] = []
    for claim in session.scalars(statement.limit(NAMED_AT_MOST)):
        is_returned = claim.state is ClaimState.RETURNED
        text = f"Change your claim for {claim.aim}" if is_returned else f"Finish your claim for {claim.aim}"
        why = "Your university sent it back with what is missing." if is_returned else "It is not sent yet."
        found.append(ToDo(text, why, "prior_learning.show", {"claim_id": claim.id}))
    return found


def to_decide(session: Session, person: Person) -> list[HomeItem]:
    """What waits for a lead, but for her own claims, and appeals against what she decided."""
    if Role.PROGRAMME_LEAD not in person.roles:
        return []
    found: list[HomeItem] = []
    for claim, learner in claims_to_decide(session, person, NAMED_AT_MOST):
        if not may_decide(person, learner, claim):
            continue
        is_appeal = claim.state is ClaimState.APPEALED
        since = claim.appealed_at if is_appeal else claim.sent_at
        what = "the appeal" if is_appeal else "the claim"
        waits = f"It waits since {day_in_words(day_of(since))}." if since else ""
        found.append(
            ToDo(
                f"Decide on {what} of {learner.name} for {claim.aim}",
                waits,
                "prior_learning.show",
                {"claim_id": claim.id},
            )
        )
    return found


def to_see_again(session: Session, person: Person) -> list[HomeItem]:
    """What a university of hers recognised of credit that is no longer earned, but for her own."""
    if Role.PROGRAMME_LEAD not in person.roles:
        return []
    hers = reaches_enrolment(person, Role.PROGRAMME_LEAD), Enrolment.learner_id != person.id
    return [
        ToDo(
            f"See what was recognised for {one.learner.name}: {one.claim.aim}",
            one.in_words,
            "prior_learning.show",
            {"claim_id": one.claim.id},
        )
        for one in lost_uses(session, *hers)[:NAMED_AT_MOST]
    ]
