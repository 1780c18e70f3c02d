"""The capabilities that a programme begins with until its university has chosen its own, in words of this service.

They follow what the NIHR Associate Principal Investigator scheme expects of its trainees at a site (DOMAIN.md, 1.2),
which is the nearest practice that is written down. They are no requirement of the Framework or of any university.
"""

from datetime import datetime
from typing import NamedTuple

from app.models.course.capabilities import Capability, CapabilityWording


class Starting(NamedTuple):
    name: str
    words: str


STARTING_SET = (
    Starting(
        "Being ready to work in a study",
        "Is trained in good clinical practice, knows the protocol, and works within what the delegation log says.",
    ),
    Starting(
        "Keeping delegation in order",
        "Sees that the delegation log says who does what in the study, and that it is kept up when people change.",
    ),
    Starting(
        "Finding people who may take part",
        "Checks who fits the study and keeps a screening log, and says what stands in the way of taking part.",
    ),
    Starting(
        "Consent and recruitment",
        "Explains a study so that people can decide freely, and takes or watches consent as delegated.",
    ),
    Starting(
        "Collecting good data",
        "Fills in case report forms from source documents, and answers queries about them in time.",
    ),
    Starting(
        "Working in the study team",
        "Takes part in team meetings, and follows up what was agreed there.",
    ),
    Starting(
        "Teaching others about the study",
        "Trains or briefs colleagues in good clinical practice or the protocol, and checks that it was of use.",
    ),
    Starting(
        "Telling the department",
        "Presents the study, its progress or its findings to those who care for its participants.",
    ),
    Starting(
        "Involving patients and the public",
        "Knows how patients and the public shape the study, and works with them where there is an occasion.",
    ),
    Starting(
        "Working with those who run the study",
        "Knows what the trials unit or sponsor asks of a site, and deals with them about a question of the site.",
    ),
    Starting(
        "Understanding how a study is overseen",
        "Follows how a study is steered and managed, at best by sitting in on a management group.",
    ),
    Starting(
        "Standing in for the principal investigator",
        "Leads a piece of the work at the site under supervision, and knows what cannot be handed on.",
    ),
)


def starting_capabilities(programme_id: int, now: datetime) -> list[Capability]:
    """The set as new rows of a programme; each is to be confirmed by its university."""
    return [
        Capability(
            programme_id=programme_id,
            position=position,
            wordings=[CapabilityWording(number=1, name=one.name, words=one.words, said_at=now)],
        )
        for position, one in enumerate(STARTING_SET, 1)
    ]
