"""The questions about a mentor and their answers, as learner and mentor read them."""

from collections.abc import Mapping

from app.models.meetings.feedback import Answer

QUESTIONS: Mapping[str, str] = {
    "met_enough": "We met as often as I needed",
    "could_ask": "I could ask whatever I wanted to know",
    "helped": "What my mentor said helped me to work in the study",
    "belonged": "I was treated as one of the study’s team",
}
ANSWERS: Mapping[Answer, str] = {
    Answer.YES: "Yes",
    Answer.MOSTLY: "Mostly",
    Answer.PARTLY: "Partly",
    Answer.NO: "No",
}
