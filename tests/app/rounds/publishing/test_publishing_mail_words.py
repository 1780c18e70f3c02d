"""Each mail of a publication word for word: a person acts on it without seeing a page."""

from datetime import date

import pytest

from app.models.organisations import Organisation
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Proposal, UnplacedRequest
from app.models.studies import Opening, Study
from app.rounds.publishing import mails

ROUND = MatchRound(name="Spring 2026", answer_by=date(2026, 4, 2))


def proposal(name="Lee Learner", rank=None, **study):
    """A place on a study with Dr A. Mentor."""
    titles = {"title": "Walking after a stroke", "short_title": "", **study}
    opening = Opening(
        study=Study(**titles),
        mentor=Person(name="Dr A. Mentor"),
        organisation=Organisation(name="Derby Hospital"),
        starts_on=date(2026, 5, 1),
        ends_on=date(2026, 12, 31),
    )
    return Proposal(opening=opening, request=asked_by(name), rank=rank, why="Strong fit: stroke.")


def asked_by(name):
    return PlacementRequest(learner=Person(name=name))


@pytest.mark.parametrize(
    ("rank", "why"),
    [
        (None, "Why this one: Strong fit: stroke."),
        (1, "Why this one: It is number 1 on your list. Strong fit: stroke."),
        (3, "Why this one: It is number 3 on your list. Strong fit: stroke."),
    ],
)
def test_an_offer_says_what_where_when_why_and_until_when(rank, why):
    subject, body = mails.offer(
        proposal(rank=rank), ROUND, ROUND.offers_until, date(2026, 5, 8), "http://here/offers/7"
    )
    assert subject == "You are offered a place: answer by 2 April 2026"
    assert body.splitlines() == [
        "Dear Lee Learner,",
        "",
        "The round “Spring 2026” offers you a place for your Research Practice Experience:",
        "",
        "  Study: Walking after a stroke",
        "  Mentor: Dr A. Mentor",
        "  Where: Derby Hospital",
        "  From: 8 May 2026 to 31 December 2026",
        "",
        why,
        "",
        "Please accept or decline by 2 April 2026. After that the offer lapses and the place can go to somebody else.",
        "",
        "http://here/offers/7",
    ]


def test_a_learner_without_a_place_reads_why_and_what_to_do():
    one = UnplacedRequest(request=asked_by("Lee Learner"), reason="All were filled.", next_step="Ask again.")
    subject, body = mails.no_place(one, ROUND, "http://here/")
    assert subject == "No place for you yet in the round “Spring 2026”"
    assert body.splitlines() == [
        "Dear Lee Learner,",
        "",
        "We are sorry: the round “Spring 2026” has no place for you.",
        "",
        "Why: All were filled.",
        "",
        "What you can do: Ask again.",
        "",
        "You need not ask again to stay in: if places come free, you are in the next turn of this round with the same "
        "request, unless you say on its page that you no longer wait.",
        "",
        "http://here/",
    ]


@pytest.mark.parametrize(
    ("names", "subject"),
    [
        (["Ann"], "Your openings were offered to a learner"),
        (["Ann", "Bo"], "Your openings were offered to 2 learners"),
    ],
)
def test_a_mentor_reads_to_whom_her_openings_were_offered(names, subject):
    told, body = mails.to_mentor([proposal(name) for name in names], ROUND, "http://here/")
    assert told == subject
    assert body.splitlines() == [
        "Dear Dr A. Mentor,",
        "",
        "The round “Spring 2026” is published. Places with you were offered to:",
        "",
        *(f"  {name}: Walking after a stroke" for name in names),
        "",
        "They answer by 2 April 2026. You need not do anything until then: you are told when a learner has accepted.",
        "",
        "http://here/",
    ]


def test_the_title_is_named_and_not_the_code_word_of_a_study():
    one = proposal(short_title="WALK")
    _, to_learner = mails.offer(one, ROUND, ROUND.offers_until, date(2026, 5, 8), "")
    assert "  Study: Walking after a stroke" in to_learner.splitlines()
    assert "  Lee Learner: Walking after a stroke" in mails.to_mentor([one], ROUND, "")[1].splitlines()
