"""Plays the sign-off of the demo's placement that is done: asked for, attested, confirmed from records, decided."""

from datetime import date

from sqlalchemy.orm import Session

from app.demo.playing.course.readiness import Clock
from app.models.operations.parties import Outsider
from app.models.people import Person
from app.models.placements import Outcome, Placement
from app.platform.db import transaction
from app.platform.occasion import Occasion
from app.rules.sign_offs.facts import facts_of, has_no_evidence_at_all
from app.rules.sign_offs.kind import SIGN_OFF
from app.rules.sign_offs.parts import deciders_of
from app.sign_offs.service import Attestation, ask, attest, confirm, decide, digest_of_facts

SAW = "I saw screening, consent under supervision and safety reports, and would have the learner back in my team."
MISSING = "The study closed to new learners, so the placement ended early. What was planned for it is done."
BOARD = "Considered with the final review and the mentor’s words. The hours are fewer because the study closed."
CONFIRMER = Attestation(
    SAW, MISSING, False, "Dr Imogen Records", "Principal investigator", "imogen.records@nowhere.example"
)
RECORDS = "The delegation log, the training log and the rota of the clinic."


def play_sign_off(placement_id: int, today: date, clock: Clock) -> None:
    """Let a placement that ended because all was done be signed off, where the record allows it."""
    with clock(today) as now, transaction() as session:
        done = session.get_one(Placement, placement_id)
        if done.outcome is not Outcome.COMPLETED_EARLY or has_no_evidence_at_all(facts_of(session, done, today)):
            return
        for decider in deciders_of(session, done)[:1]:
            sign_off_whole(session, done, decider, Occasion(None, today, now, ""))


def sign_off_whole(session: Session, placement: Placement, decider: Person, nobody: Occasion) -> None:
    """From the first word to the decision."""

    def by(who: Person) -> Occasion:
        return Occasion(who, nobody.today, nobody.now, nobody.home)

    mentor = by(placement.mentor)
    ask(session, by(placement.learner), placement)
    seen = digest_of_facts(session, placement, mentor)
    sign_off = attest(session, mentor, placement, CONFIRMER, seen, lambda secret: secret, is_sure=True)
    digest, confirmer = SIGN_OFF.digest_of(sign_off), Outsider(CONFIRMER.name)
    confirm(session, nobody, placement, confirmer, RECORDS, digest, is_sure=True)
    decide(session, by(decider), placement, "", BOARD, digest, is_sure=True)
