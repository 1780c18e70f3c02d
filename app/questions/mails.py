"""What somebody who left an address with a question reads; no name stands in it, as none was asked for."""

from app.language.mail import Mail
from app.models.operations.public_questions import PublicQuestion

FORGOTTEN = "Your address no longer stands with the question. To ask something else, use the page of questions again."


def published(question: PublicQuestion, address: str) -> Mail:
    where = f"Everybody can read it, without anybody’s name, at {address}"
    return _answered(question, f"The answer:\n\n{question.answer}\n\n{where}")


def answered(question: PublicQuestion) -> Mail:
    return _answered(question, f"The answer, which only you get:\n\n{question.answer}")


def _answered(question: PublicQuestion, answer: str) -> Mail:
    return Mail("Your question is answered", f"{asked(question)}{answer}\n\n{FORGOTTEN}\n")


def set_aside(question: PublicQuestion, reason: str) -> Mail:
    body = f"{asked(question)}It cannot be answered here: {reason}\n\n{FORGOTTEN}\n"
    return Mail("Your question cannot be answered here", body)


def asked(question: PublicQuestion) -> str:
    return f"Hello,\n\nyou asked:\n\n{question.words}\n\n"
