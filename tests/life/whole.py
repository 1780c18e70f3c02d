"""The machine that plays a whole life: it joins what everybody can do with what must always be so."""

import re
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.requests import PlacementRequest
from app.models.rounds import RoundTurn
from app.models.runs import Run
from tests.life.invariants import Always
from tests.life.pairs import Pairs
from tests.life.people import Deeds, which
from tests.life.seldom import Seldom
from tests.life.world import WholeWorld

NUMBER_OR_CODE, DONE = re.compile(r"/(\d+|[0-9A-Z]{10})(?=/|$)"), 303
mostly = st.sampled_from([True, True, True, False])


@dataclass
class Played:
    """How many rules ran, how often each form was sent with which answer, and what came about by the trails.

    Pages are read after every `pages_every` steps.
    """

    steps: int = 0
    lives: int = 0
    pages_every: int = 1
    must_end: bool = False
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    came_about: Counter[str] = field(default_factory=Counter)

    def end(self, *said):
        """End at the next step, where no deed is half done."""
        self.must_end = True

    def by_deed(self):
        """Deeds done and all that were sent, by the address of the form without its numbers and codes."""
        done: Counter[str] = Counter()
        sent: Counter[str] = Counter()
        for (address, status), times in self.answers.items():
            deed = NUMBER_OR_CODE.sub("/*", address)
            sent[deed] += times
            done[deed] += times if status == DONE else 0
        return {deed: (done[deed], sent[deed]) for deed in sorted(sent)}


def play(app, engine, played, lives, steps_each, begun_with=None, **chosen):
    """Play so many lives of so many steps; raises what an invariant finds, after the shortest life that shows it.

    `begun_with` is the number that was told with a fault: the same lives are played again, as far as they are the same.
    """

    class Life(WholeLife):
        def __init__(self):
            super().__init__(app, engine, played)

    machine = Life if begun_with is None else seed(begun_with)(Life)
    given = {"deadline": None, "suppress_health_check": list(HealthCheck), **chosen}
    run_state_machine_as_test(machine, settings=settings(max_examples=lives, stateful_step_count=steps_each, **given))


class WholeLife(Seldom, Pairs, Always, Deeds):
    """From the first request to the last placement."""

    def __init__(self, app, engine, played):
        super().__init__(WholeWorld(app, engine, played.answers))
        self.played = played
        self.begin_to_watch()

    def teardown(self):
        """What the trail of this life says, and which turns came to a publication."""
        self.played.lives += 1
        with self.world.rows() as session:
            self.played.came_about.update(session.scalars(select(AuditLine.deed)))
            published = select(RoundTurn.id).where(RoundTurn.published_at.is_not(None))
            self.played.came_about["published a clearing turn"] += len(session.scalars(published).all())
        super().teardown()

    @initialize(sends=st.lists(st.booleans(), min_size=3, max_size=3), goes_on=mostly)
    def requests_are_sent(self, sends, goes_on):
        """Most lives begin once the round was published and one place accepted: what comes before is short."""
        for n, is_sent in enumerate(sends):
            if is_sent or goes_on:
                self.learner_sends_her_request(n)
        if goes_on:
            self.coordinator_closes_the_round()
            self.coordinator_runs_and_publishes()
            self.learner_answers(0, "accept")

    @rule(n=which)
    def learner_sends_her_request(self, n):
        self.world.send(self.world.learner_ids[n], f"/request/{self.world.request_ids[n]}/submit")

    @rule(n=which)
    def learner_takes_her_request_back(self, n):
        self.world.send(self.world.learner_ids[n], f"/request/{self.world.request_ids[n]}/withdraw")

    @rule(n=which)
    def learner_asks_again(self, n):
        self.world.send(self.world.learner_ids[n], f"/request/{self.world.request_ids[n]}/again")
        with self.world.rows() as session:
            hers = PlacementRequest.learner_id == self.world.learner_ids[n]
            latest = session.scalar(select(PlacementRequest.id).where(hers).order_by(PlacementRequest.id.desc()))
            self.world.request_ids[n] = latest
        self.learner_sends_her_request(n)

    @precondition(lambda self: not self.is_published())
    @rule()
    def coordinator_closes_the_round(self):
        self.of_round("close")

    @rule()
    def coordinator_runs_and_publishes(self):
        if self.of_round("runs/new", policy="fit") != 303:
            return
        with self.world.rows() as session:
            run_id = session.scalar(select(Run.id).order_by(Run.id.desc()).limit(1))
        self.world.send(self.world.coordinator_id, f"/runs/{run_id}/publish", has_looked="y")
