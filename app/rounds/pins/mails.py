"""What coordinators read about pins: subject and body of each mail."""

from app.language.mail import Mail
from app.models.people import Person
from app.models.rounds import MatchRound
from app.models.runs import Pin


def evidence_wanted(coordinator: Person, pin: Pin, round_: MatchRound, address: str) -> Mail:
    """To another coordinator of the round: without a second person the pin does not count, and no run can begin."""
    learner = pin.request.learner
    return Mail(
        f"Please look at the evidence for {learner.name} in {round_.name}",
        f"Hello {coordinator.name},\n\nA pairing is fixed for {learner.name} in {round_.name}, and its reason has to "
        "be seen by a second person. Please ask to be shown the evidence, then say on the page of the pins that you "
        "have seen it. Nothing of it is to be sent or kept here. No run of the round can begin until then.\n\n"
        f"{address}\n",
    )
