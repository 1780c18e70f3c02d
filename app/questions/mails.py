"""What somebody who left an address with a question reads; no name stands in it, as none was asked for."""

from app.language.mail import Mail
from app.models.operations.public_questions import PublicQuestion

ANSWERED = "Your question is answered"
FORGOTTEN = "Your address no longer stands with the question. To ask something else, use the page of questions again."


def published(question: PublicQuestion, address: str) -> Mail:
    """To whoever asked, where everybody can read the answer."""
    where = f"Everybody can read it, without anybody’s name, at {address}"
    return Mail(ANSWERED, f"{asked(question)}The answer:\n\n{question.answer}\n\n{where}\n\n{FORGOTTEN}\n")


def answered(question: PublicQuestion) -> Mail:
    """To whoever asked, and nobody else."""
    return Mail(ANSWERED, f"{asked(question)}The answer, which only you get:\n\n{question.answer}\n\n{FORGOTTEN}\n")


def set_aside(question: PublicQuestion, reason: str) -> Mail:
    """To whoever asked, with why there is no answer."""
    body = f"{asked(question)}It cannot be answered here: {reason}\n\n{FORGOTTEN}\n"
    return Mail("Your question cannot be answered here", body)


def asked(question: PublicQuestion) -> str:
    return f"Hello,\n\nyou asked:\n\n{question.words}\n\n"
