"""Each mail of a publication word for word: a person acts on it without seeing a page."""

from datetime import date

import pytest

from app.models.rounds import MatchRound
from app.rounds.publishing import mails
from app.rounds.publishing.told import Placed, Unplaced

ROUND = MatchRound(name="Spring 2026", answer_by=date(2026, 4, 2))


def placed(name="Lee Learner", **said):
    """A place on a study with Dr A. Mentor."""
    place = {
        "offer_id": 7,
        "learner": name,
        "learner_email": "lee@here.example",
        "start_from": None,
        "start_until": None,
        "mentor_id": 3,
        "mentor": "Dr A. Mentor",
        "mentor_email": "mentor@here.example",
        "study": "Walking after a stroke",
        "organisation": "Derby Hospital",
        "starts_on": date(2026, 5, 1),
        "ends_on": date(2026, 12, 31),
        "rank": None,
        "why": "Strong fit: stroke.",
    }
    return Placed(**{**place, **said})


@pytest.mark.parametrize(
    ("rank", "why"),
    [
        (None, "Why this one: Strong fit: stroke."),
        (1, "Why this one: It is number 1 on your list. Strong fit: stroke."),
        (3, "Why this one: It is number 3 on your list. Strong fit: stroke."),
    ],
)
def test_an_offer_says_what_where_when_why_and_until_when(rank, why):
    subject, body = mails.offer(placed(rank=rank), ROUND, ROUND.offers_until, date(2026, 5, 8), "http://here/offers/7")
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
    one = Unplaced("Lee Learner", "lee@here.example", reason="All were filled.", next_step="Ask again.")
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
    told, body = mails.to_mentor([placed(name) for name in names], ROUND, "http://here/")
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
