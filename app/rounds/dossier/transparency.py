"""A record in the shape of the UK's Algorithmic Transparency Recording Standard, as far as the service knows."""

from dataclasses import dataclass
from typing import Any

from app.language.dates_and_times import day_in_words
from app.models.publications import Publication
from app.rounds.policies import meaning_of

FILL_IN = "[the operator fills this in]"


@dataclass(frozen=True)
class Facts:
    """What the record takes from one publication."""

    service: str
    round_name: str
    policy: str
    learners: int
    answer_by: str

    @classmethod
    def of(cls, publication: Publication, service: str, learners: int) -> "Facts":
        round_ = publication.round
        meaning = meaning_of(publication.run.stages)
        return cls(service, round_.name, meaning, learners, day_in_words(publication.answer_by))


def record_of(facts: Facts) -> dict[str, Any]:
    """The sections of both tiers; every field is a text, and FILL_IN where only the operator knows."""
    return {"tier 1": tier_1(facts), "tier 2": tier_2(facts)}


def tier_1(facts: Facts) -> dict[str, str]:
    """The short part, for everybody."""
    return {
        "Name": facts.service,
        "Description": "Pairs learners of the Clinician Researcher Credentials with openings for a Research Practice "
        "Experience: a mentor on a clinical study at one organisation. People publish what it proposes, and every "
        "learner accepts or declines.",
        "Website": FILL_IN,
        "Contact": FILL_IN,
    }


def tier_2(facts: Facts) -> dict[str, dict[str, str]]:
    """The long part, for those who look closely."""
    return {
        "Owner and responsibility": {
            "Organisation or department": FILL_IN,
            "Team": FILL_IN,
            "Senior responsible owner": FILL_IN,
            "External suppliers": FILL_IN,
        },
        "Description and rationale": {
            "Detailed description": "A match round is one exact optimisation: its aims are decided one after the "
            f"other, each with the earlier ones held at their best. The aims of “{facts.round_name}”: {facts.policy}; "
            "what is still equal is decided by a lottery.",
            "Scope": f"One round with {facts.learners} requests. It decides who is offered which place, and nothing "
            "about the quality of a learner or a mentor.",
            "Benefit": "Nobody's limit is broken, the result is proved to be the best under the stated policy, and "
            "each person is told why.",
            "Previous process": FILL_IN,
            "Alternatives considered": FILL_IN,
        },
        "Decision-making process": {
            "Process integration": "A coordinator may try several policies and publishes one result. She can fix "
            "pairings before, with a reason that is kept (decisions.json).",
            "Provided information": "Each learner reads why this place, and why none that she ranked higher.",
            "Frequency and scale": FILL_IN,
            "Human decisions and review": "A person publishes; a publication can be taken back while nobody has "
            f"answered. Learners accept or decline until {facts.answer_by} and can ask that another person reviews it.",
            "Required training": FILL_IN,
            "Appeals and review": "On her own pages a learner asks for a review by a coordinator other than the one "
            "who published. How to complain beyond that: " + FILL_IN,
        },
        "Tool specification": {
            "System architecture": "A web service with a database; the optimisation works on files without it.",
            "Phase": FILL_IN,
            "Maintenance": FILL_IN,
            "Models": "Text similarity (weighted words) for how well interests fit; linear and integer programming "
            "with exact whole-number bounds for the pairing. Nothing is learnt from people's decisions.",
            "Performance": "Each aim is proved optimal or says that it is not: see round.json and solution.json.",
        },
        "Data": {
            "Source data": "What learners wrote and ranked; openings, limits and absences that mentors entered; study "
            "registries.",
            "Personal data": "Names, addresses and professions are used by the service; none of them is in the "
            "problem that is solved.",
            "Protected characteristics": "None is asked for or used.",
            "Data sharing agreements": FILL_IN,
            "Access and storage": FILL_IN,
        },
        "Risks, mitigations and impact assessments": {
            "Impact assessments": FILL_IN,
            "Risks": "A text says little, so that fit is judged low: learners see the fit and can rank openings "
            "themselves. A group fares worse: fair-shares.json says how groups fared. The seed is chosen to suit "
            "somebody: its digest is shown before the round closes.",
        },
    }


def record_in_words(record: dict[str, Any]) -> str:
    """The same as text: a heading for each section, a paragraph for each field."""
    lines = ["TIER 1", ""]
    for field, text in record["tier 1"].items():
        lines += [field, f"  {text}", ""]
    lines += ["TIER 2", ""]
    for section, fields in record["tier 2"].items():
        lines += [section.upper(), ""]
        for field, text in fields.items():
            lines += [field, f"  {text}", ""]
    return "\n".join(lines)
