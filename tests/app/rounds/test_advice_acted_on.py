"""Fifty sentences of advice, read as their reader reads them and acted on: what fits then is the number that was said.

On the demo's world, and on one whose studies are those of the real portfolio.
"""

import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from app.demo.world.build import build_world
from app.models.organisations import Network
from app.phrasebook.what_would_help import advice_in_round, change_in_words
from app.requests.my_list.reach import reach_of
from app.rounds.hindrances import openings_not_withdrawn
from app.rounds.inputs import inputs_of, wants
from app.rounds.unplaced_advice import nearest_change, own_change
from app.rules.capacity import Held
from app.rules.eligibility import obstacles
from app.rules.fit import openings_in
from tests.app.rounds.questions.real_studies import rounds_of_real_studies, rounds_of_world

LEARNERS, SENTENCES = 500, 50
TO_LEARNER = re.compile(
    r"If you (?:can )?also (?P<what>.+?), (?P<more>[\d,]+) more openings?"
    r"(?: of this round)? would (?:fit|have fitted) you\."
)
WITH_NETWORK = re.compile(r"With (?P<network>[^:]+): (?P<number>[\d,]+)\.")
TO_COORDINATOR = re.compile(r"(?P<more>[\d,]+) openings? would fit if the learner (?:could )?also (?P<what>.+)\.")


class Actor:
    """Somebody who believes what she reads: she changes the request as it says, counts, and changes it back."""

    def __init__(self, session, round_, today):
        self.session, self.round, self.today = session, round_, today
        self.networks = {one.name: one for one in session.scalars(select(Network))}
        self.inputs = inputs_of(session, round_, today)
        near = openings_not_withdrawn(session, round_)
        self.everywhere = openings_in(session, [one.id for one in self.networks.values()], round_.level)
        self.held = Held.on(session, today)
        self.near = near

    def sentences(self, request):
        """What this learner and her coordinator read: each sentence, and the openings that its number counts."""
        reach = reach_of(self.session, request, list(self.networks.values()), self.today)
        assert reach
        for sentence in [*reach.advice, *re.findall(r"With [^:]+: [\d,]+\.", reach.by_network)]:
            yield sentence, self.everywhere
        own = own_change(self.inputs, request)
        yield advice_in_round(own, nearest_change(self.inputs, request, self.inputs.openings)), self.inputs.openings
        if self.inputs.is_without_opening(request):
            yield change_in_words(request, nearest_change(self.inputs, request, self.near)), self.near

    def check(self, request, sentence, openings) -> bool:
        """True when the sentence names a change of the learner's and a number; it is acted on then."""
        with_network = WITH_NETWORK.fullmatch(sentence)
        named = with_network or TO_LEARNER.search(sentence) or TO_COORDINATOR.fullmatch(sentence)
        if not named:
            return False
        list_counts = openings is not self.everywhere
        before = self.number_fitting(request, openings, list_counts)
        as_it_was = {name: getattr(request, name) for name in ("start_from", "start_until", "takes_any_other")}
        networks = list(request.networks)
        self.act(request, f"go to {named['network']}" if with_network else named["what"])
        after = self.number_fitting(request, openings, list_counts)
        request.networks = networks
        for name, value in as_it_was.items():
            setattr(request, name, value)
        said = int(named["number" if with_network else "more"].replace(",", ""))
        assert after == (said if with_network else before + said), sentence
        assert after > before
        return True

    def number_fitting(self, request, openings, list_counts):
        return sum(
            (wants(request, one) or not list_counts) and not obstacles(request, one, self.today, self.held)
            for one in openings
        )

    def act(self, request, what):
        for deed in what.split(" and the learner could also "):
            if deed.startswith("go to "):
                request.networks.append(self.networks[deed.removeprefix("go to ")])
            elif deed.startswith("start on "):
                day_of_month, month, year = deed.removeprefix("start on ").split()
                day = date(int(year), list(month_name).index(month), int(day_of_month))
                assert day >= self.today
                request.start_from, request.start_until = min(request.start_from, day), max(request.start_until, day)
            else:
                assert re.match("(take|took) openings that are not on (your|the) list", deed)
                request.takes_any_other = True


def acted_on(session, rounds, today, each) -> Iterator[str]:
    """Act on what every so manieth learner of each round and her coordinator read."""
    for round_ in rounds:
        actor = Actor(session, round_, today)
        with session.no_autoflush:
            for request in actor.inputs.requests[::each]:
                yield from (text for text, openings in actor.sentences(request) if actor.check(request, text, openings))


def check_that_all_kinds_are_among(sentences):
    assert len(sentences) >= SENTENCES
    for words in (
        "If you can also go to ",
        "If you can also start on ",
        "of this round would have fitted you",
        "With ",
    ):
        assert any(words in one for one in sentences), words


def test_sentences_of_the_demo_are_true_when_acted_on(session, build, now, today):
    rounds = rounds_of_world(session, build, build_world(today=today), {}, now)
    check_that_all_kinds_are_among([*acted_on(session, rounds, today, each=6)])


def test_sentences_about_the_real_portfolio_are_true_when_acted_on(session, build, now, today, shared_data, tmp_path):
    """Every fortieth study of the portfolio, and five hundred learners."""
    rounds = rounds_of_real_studies(session, build, shared_data, tmp_path, now, LEARNERS)
    check_that_all_kinds_are_among([*acted_on(session, rounds, today, each=50)])
