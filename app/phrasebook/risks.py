"""Why a placement is at risk, as sentences; the facts are of app/rules/course/risks."""

from collections.abc import Iterable
from datetime import date

from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.models.programmes import Module
from app.phrasebook.readiness import cannot_start, runs_out
from app.rules.course.risks import AtRisk, Risk
from app.rules.of_learners.unplaced import Looking

# How each is called where one chooses among them.
SHORT = {
    Risk.LEARNER_GONE: "Learner no longer takes part",
    Risk.MENTOR_GONE: "Mentor no longer takes part",
    Risk.STUDY_STOPPED: "Study stopped",
    Risk.MENTOR_LEAVES: "Mentor leaves",
    Risk.ASKS_TO_END: "Asks to end",
    Risk.ASKS_TO_PAUSE: "Asks to pause",
    Risk.NOT_READY: "Something missing before the start",
    Risk.RELEASE_WITHDRAWN: "Employer’s release withdrawn",
    Risk.RETURN_OVERDUE: "Return to the programme overdue",
    Risk.NO_SESSION: "No session for long",
    Risk.BEHIND: "Hours below the line",
    Risk.REVIEW_OVERDUE: "Progress review overdue",
    Risk.STUDY_CLOSES: "Study closes before the end",
    Risk.MENTOR_AWAY: "Mentor away at the end",
    Risk.NO_EVIDENCE: "No evidence near the end",
    Risk.RUNS_OUT: "Training or paper lapses before the end",
    Risk.UNCONFIRMED: "Session not confirmed",
}


def risk_in_words(one: AtRisk, today: date) -> str:
    """One reason, as a sentence or two."""
    if one.risk is Risk.BEHIND and one.workplace:
        return one.workplace.complaint(today)
    if one.risk is Risk.NO_SESSION:
        last = f"The last one was on {day_in_words(one.day)}." if one.day else "There has been none yet."
        return f"No session for {one.weeks} weeks. {last}"
    if one.risk is Risk.NOT_READY and one.day and one.lack:
        return cannot_start(one.day, one.lack, today)
    if one.risk is Risk.RUNS_OUT and one.lack and one.lack.lapse:
        return runs_out(one.lack.lapse)
    day = day_in_words(one.day) if one.day else ""
    if one.risk is Risk.REVIEW_OVERDUE and one.review:
        return f"The {one.review.name_in_words} was due by {day}, and both have not signed it yet."
    return {
        Risk.LEARNER_GONE: "The learner no longer takes part.",
        Risk.MENTOR_GONE: "The mentor no longer takes part.",
        Risk.STUDY_STOPPED: "The study no longer takes learners.",
        Risk.MENTOR_LEAVES: f"The mentor leaves on {day}.",
        Risk.ASKS_TO_END: f"The learner asks to end from {day}.",
        Risk.ASKS_TO_PAUSE: f"The learner asks to pause from {day}.",
        Risk.RETURN_OVERDUE: f"The learner has stepped out and was to return on {day}.",
        Risk.RELEASE_WITHDRAWN: (
            f"The employer’s release was withdrawn: its last day is {day}. Without one, work in the study cannot start "
            "or go on."
        ),
        Risk.STUDY_CLOSES: f"The study closes on {day}, before the placement ends.",
        Risk.MENTOR_AWAY: f"The mentor is away from {day} until after the placement ends.",
        Risk.NO_EVIDENCE: (
            f"{count(one.number, 'capability has', 'capabilities have')} no evidence yet, and the placement ends on "
            f"{day}."
        ),
        Risk.UNCONFIRMED: f"The session of {day} is not confirmed yet.",
    }[one.risk]


def unplaced_in_words(module: Module, starts_by: date, looking: Looking, today: date) -> str:
    """That somebody has no placement for a module, by when it is to start, and how far she is."""
    day = day_in_words(starts_by)
    starts = f"is to start by {day}" if starts_by >= today else f"was to start by {day}"
    standing = {
        Looking.OFFERED: "The learner has an offer to answer.",
        Looking.NAMED: "The learner has named a supervisor, and nothing is agreed yet.",
        Looking.ASKED: "The learner has asked for a place.",
        Looking.NOT_ASKED: "The learner has not asked for a place.",
    }[looking]
    return f"{module.title} {starts}, and there is no placement. {standing}"


def risks_in_words(risks: Iterable[AtRisk], today: date) -> list[str]:
    return [risk_in_words(one, today) for one in risks]
