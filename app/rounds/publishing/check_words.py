"""What to look at before a run is published, in sentences: how many it concerns, and what it means for each."""

from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.rounds.publishing.checks import Case, Concern, Finding

TITLES = {
    Concern.NO_ADDRESS: "People without an email address",
    Concern.WEAK_FIT: "Offers that rest on little fit",
    Concern.TOO_SHORT: "Offers shorter than the module",
    Concern.AWAY: "Offers whose mentor is away at the start",
    Concern.MAIL_REFUSED: "People whose mail was refused lately",
    Concern.NO_CAPACITY: "Openings that can take nobody",
}
MEANING = {
    Concern.NO_ADDRESS: "They could not be told what the round decided. The administrator can correct an address.",
    Concern.WEAK_FIT: "What these learners wrote has little in common with the opening. They may be glad of any place, "
    "or decline.",
    Concern.TOO_SHORT: "The opening ends before the weeks are over that the learner’s module usually takes.",
    Concern.AWAY: "Both could begin earlier if the mentor were there. The offer says the later day.",
    Concern.MAIL_REFUSED: "The mail of this round may not reach them either. The administrator can correct an address.",
    Concern.NO_CAPACITY: "The opening, its mentor or its study has a limit of 0, so that nobody can get it.",
}


def sentence_of(finding: Finding) -> str:
    """For instance "12 offers rest on little fit"."""
    number = len(finding.cases)
    return {
        Concern.NO_ADDRESS: count(number, "person has", "people have") + " no email address",
        Concern.WEAK_FIT: count(number, "offer rests", "offers rest") + " on little fit",
        Concern.TOO_SHORT: count(number, "offer leaves", "offers leave") + " fewer weeks than the module takes",
        Concern.AWAY: count(number, "offer begins", "offers begin") + " later because the mentor is away",
        Concern.MAIL_REFUSED: count(number, "person", "people") + " could not be reached by mail lately",
        Concern.NO_CAPACITY: count(number, "opening", "openings") + " of the round can take nobody",
    }[finding.concern]


def about(concern: Concern, case: Case) -> str:
    """What a concern means for one of its cases; empty where its name says all."""
    if concern is Concern.WEAK_FIT:
        return f"Fit {case.score} out of 1,000"
    if concern is Concern.TOO_SHORT:
        return f"{count(case.weeks, 'week')} of {case.needed}"
    if concern is Concern.AWAY and case.begins:
        return f"Begins on {day_in_words(case.begins)}"
    return ""
