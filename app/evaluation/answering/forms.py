"""A survey as a form: one field for each of its questions."""

from collections.abc import Sequence

from wtforms.validators import DataRequired

from app.evaluation.questions import Kind, Question
from app.models.evaluation.replies import Agreement
from app.web.fields import OneOf, Paragraphs, SureForm
from app.web.validators import at_most

LONGEST_WORDS = 2000


def name_of(question: Question) -> str:
    return f"q-{question.key}"


def form_of(questions: Sequence[Question]) -> type[SureForm]:
    """The class of the form of these questions; words may stay empty."""
    return type("SurveyForm", (SureForm,), {name_of(one): field_of(one) for one in questions})


def field_of(question: Question) -> OneOf | Paragraphs:
    if question.kind is Kind.WORDS:
        return Paragraphs(f"{question.words} (optional)", validators=[at_most("Your words", LONGEST_WORDS)])
    complaint = f"Choose an answer: “{question.words}”"
    choices = [(one.value, one.value.capitalize()) for one in question.kind.choices]
    return OneOf(question.words, choices=choices, validators=[DataRequired(complaint)])


def answers_in(form: SureForm, questions: Sequence[Question]) -> dict[str, Agreement]:
    return {one.mark: Agreement(form[name_of(one)].data) for one in questions if one.kind is not Kind.WORDS}


def words_in(form: SureForm, questions: Sequence[Question]) -> dict[str, str]:
    return {one.mark: str(form[name_of(one)].data or "") for one in questions if one.kind is Kind.WORDS}
