"""Whatever is claimed, decided, appealed and made void: no credit counts twice, caps hold, and no decision is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.language.dates_and_times import day_of
from app.language.refusal import Refused
from app.models.academic.prior_learning import ClaimDecision, CreditUse, PriorLearningClaim
from app.models.people import Role
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, CreditOutcome
from app.platform.occasion import Occasion
from app.prior_learning import deciding, service
from app.prior_learning.deciding import Decided
from app.progress.service import decide_credit
from app.promises.credit.deciding import Learner
from app.rules.credit.held import held_of
from app.rules.credit.outcomes import Said
from app.rules.prior_learning.granting import Exemption
from tests.conftest import NOON

LEARNT = (("Trials", 20), ("Statistics", 15), ("Ethics", 45))
NO_EXEMPTION, DEAN = Exemption("", ""), Exemption("Postgraduate Dean", "PD/12")
CAP, EXEMPT_CAP = 20, 30
numbers = st.integers(0, 3)
deeds = st.one_of(
    st.tuples(st.just("claim"), numbers, numbers, st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True)),
    st.tuples(st.just("grant"), numbers, st.integers(1, 45), st.booleans()),
    st.tuples(st.just("refuse"), numbers),
    st.tuples(st.just("appeal"), numbers),
    st.tuples(st.just("void"), numbers),
    st.tuples(st.just("credit"), numbers, numbers, st.booleans()),
)


class Play:
    """One learner on programmes of two universities, with two leads of both."""

    def __init__(self, session, build):
        self.session, self.build = session, build
        self.learner = build.learner()
        self.enrolments = [build.enrolment(self.learner) for _ in range(2)]
        self.leads = [build.person() for _ in range(2)]
        for enrolment in self.enrolments:
            programme = enrolment.programme
            for lead in self.leads:
                build.grant(lead, Role.PROGRAMME_LEAD, provider=programme.provider)
            said = {"cap": CAP, "exempt_cap": EXEMPT_CAP, "is_whole_modules": False}
            build.prior_rule(programme.provider, programme.level, self.leads[0], **said)
        self.claims, self.decided = [], 0

    def by(self, person):
        return Occasion(person, day_of(NOON), NOON, "http://localhost/")

    def claim(self, at, module, learnt):
        enrolment = self.enrolments[at % 2]
        chosen = enrolment.modules[module] if module else None
        claim = self.build.claim(enrolment, module=chosen, credits=chosen.credits if chosen else 30)
        for one in learnt:
            title, worth = LEARNT[one]
            self.build.source(claim, title=title, credits=worth)
        self.session.refresh(claim)
        self.claims.append(claim)

    def grant(self, at, number, is_exempted):
        claim = self.one(at)
        sources, uses = list(claim.sources), {}
        for source in sources:
            uses[source.id] = min(number, source.credits)
            number -= uses[source.id]
        self.decide(claim, uses, DEAN if is_exempted else NO_EXEMPTION)

    def refuse(self, at):
        self.decide(self.one(at), {}, NO_EXEMPTION)

    def decide(self, claim, uses, exemption):
        decided = Decided(bool(uses), uses, "As the board saw it.", day_of(NOON), exemption, claim.revision)
        lead = self.leads[len(claim.decisions) % 2]
        deciding.decide(self.session, self.by(lead), claim, self.learner, decided, is_sure=True)
        self.decided += 1

    def appeal(self, at):
        service.appeal(self.session, self.by(self.learner), self.one(at), "No.", is_sure=True)

    def void(self, at):
        deciding.make_void(self.session, self.by(self.leads[0]), self.one(at), self.learner, "Why.", is_sure=True)

    def credit(self, at, module, is_earned):
        enrolment = self.enrolments[at % 2]
        outcome = CreditOutcome.EARNED if is_earned else CreditOutcome.FAILED
        said = Said(outcome, words="As the board saw it.", reason="By the board.", considered="The marks.")
        learner, by = Learner(enrolment, self.learner), self.by(self.leads[0])
        decide_credit(self.session, by, learner, enrolment.modules[module], said, day_of(NOON), "/", is_sure=True)
        self.decided += 1

    def one(self, at):
        if not self.claims:
            raise Refused("There is none yet.")
        return self.claims[at % len(self.claims)]

    def holds(self):
        self.session.flush()
        self.session.expire_all()
        used = self.session.execute(
            select(CreditUse.key, func.sum(CreditUse.credits))
            .where(CreditUse.learner_id == self.learner.id, CreditUse.ended_at.is_(None))
            .group_by(CreditUse.key)
        )
        worth = {title.lower(): number for title, number in LEARNT}
        for key, number in used:
            assert number <= worth[key.partition(" | ")[0]], f"{key} counts twice"
        for enrolment, held in ((one, held_of(self.session, [one])[one.id]) for one in self.enrolments):
            assert held.credits_decided + held.credits_recognised <= CREDITS_A_LEVEL
            assert held.credits_recognised <= EXEMPT_CAP
            for module in enrolment.modules:
                both = held.decided.get(module.id, 0) + held.recognised.get(module.id, 0)
                assert both <= module.credits, "a module counts once"
        assert self.number_of_decisions() == self.decided, "a decision was lost"

    def number_of_decisions(self):
        ids = [one.id for one in self.enrolments]
        claims = select(PriorLearningClaim.id).where(PriorLearningClaim.enrolment_id.in_(ids))
        recorded = select(func.count()).where(ClaimDecision.claim_id.in_(claims))
        credited = select(func.count()).where(CreditDecision.enrolment_id.in_(ids))
        return self.session.scalar(recorded) + self.session.scalar(credited)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=st.lists(deeds, min_size=4, max_size=14))
def test_no_credit_counts_twice_whatever_is_done(session, build, done):
    play = Play(session, build)
    for name, *said in done:
        try:
            with session.begin_nested():
                getattr(play, name)(*said)
        except Refused:
            session.expire_all()
        play.holds()


def test_the_play_reaches_what_it_tries(session, build):
    """It would hold of nothing as well: here something is granted, refused for its cap, and counted once."""
    play = Play(session, build)
    play.claim(0, 1, [0])
    play.claim(1, 0, [0])
    play.grant(0, 15, False)
    with pytest.raises(Refused, match="has 5 credits left"):
        play.grant(1, 20, True)
    play.grant(1, 5, False)
    play.holds()
    assert [held_of(session, [one])[one.id].total for one in play.enrolments] == [15, 5]
