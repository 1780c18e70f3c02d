"""The questions that a coordinator answers about a nominated supervisor, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.pairs.nominations import CheckQuestion


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what helps to answer it, and what a no means, said after "cannot count:"."""

    question: str
    hint: str
    when_no: str


QUESTIONS: Mapping[CheckQuestion, Asked] = {
    CheckQuestion.IDENTITY: Asked(
        "Is this person who the learner says, and employed there?",
        "Ask the organisation, or look the person up where it lists its staff. The address alone says little.",
        "it is not sure who this is",
    ),
    CheckQuestion.GCP: Asked(
        "Is the training in good clinical practice (GCP) valid?",
        "Ask for the date of the certificate.",
        "the training in good clinical practice is not valid",
    ),
    CheckQuestion.STUDY: Asked(
        "Is the study open at this organisation?",
        "Ask its research office.",
        "the study is not open there",
    ),
    CheckQuestion.CAPACITY: Asked(
        "Has the person time for one more learner?",
        "Supervision takes some hours each month, beside other learners.",
        "there is no time for another learner",
    ),
    CheckQuestion.WEEKS: Asked(
        "Are there weeks enough for the module?",
        "From the first to the last day that the learner has named.",
        "there are too few weeks",
    ),
    CheckQuestion.INDEPENDENT: Asked(
        "Is the person neither the learner’s line manager nor assessor?",
        "No needs an exception: say in the note why it is made. It is kept with today’s date and your name.",
        "the person is the learner’s line manager or assessor",
    ),
}
