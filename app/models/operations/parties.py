"""What somebody is to a record when she moves or signs it."""

import enum
from dataclasses import dataclass


class Party(enum.Enum):
    """A part in a record; the service itself moves what time or others decide."""

    LEARNER = "learner"
    MENTOR = "mentor"
    DEPUTY = "deputy"
    COORDINATOR = "coordinator"
    STUDY_TEAM = "study team"
    ACADEMIC_SUPERVISOR = "academic supervisor"
    PROGRAMME_LEAD = "programme lead"
    ADMINISTRATOR = "administrator"
    # Of what one of two people writes down and the other says yes or no to, whichever of the two it is.
    AUTHOR = "one who wrote it"
    ANSWERER = "one who answers"
    ASKER = "one who asked"  # of a question from the public
    SERVICE = "service"


@dataclass(frozen=True)
class Outsider:
    """Somebody who moves or signs a record by a link, and has no account: a name, and the number of nobody."""

    name: str
    id: None = None
