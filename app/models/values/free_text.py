"""Finds what looks like a patient's details in free text, so that the writer takes them out before saving (H13).

What is found, and what is left alone on purpose:

- NHS number: ten digits that pass the modulus 11 check, written together or in groups of three or more digits with
  spaces, hyphens or dots between. Registry numbers (ISRCTN, NCT, CPMS, IRAS, EudraCT), telephone numbers with a country
  code, codes that begin with letters, and ten times the same digit are left alone.
- Date of birth: see `birth_dates`.
- Hospital number: a number after "MRN", "hospital number" and the like.
- Initials with an age, as people are spoken of on a ward: "JS aged 67", "Mr T, 74 yo", "A.B. (54F)". Either alone is
  left alone.

A finding is a question to the writer and not a refusal: about one in eleven other ten-digit numbers passes the check.
"""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stdnum.gb import nhs

from app.models.values.birth_dates import dates_of_birth


class DetailKind(enum.Enum):
    """What a found piece of text looks like, which reads after "this looks like", and what to write in its place."""

    NHS_NUMBER = ("an NHS number", "a participant")
    DATE_OF_BIRTH = ("a date of birth", "a woman in her sixties")
    HOSPITAL_NUMBER = ("a hospital number", "a participant")
    INITIALS_WITH_AGE = ("somebody’s initials with an age", "a man in his sixties")

    def __init__(self, words: str, instead: str) -> None:
        self.words, self.instead = words, instead


@dataclass(frozen=True)
class PatientDetail:
    """A piece of a text, `text[start:end]`, that looks like a patient's detail."""

    kind: DetailKind
    found: str
    start: int
    end: int


def find_patient_details(text: str, today: date) -> list[PatientDetail]:
    """Everything in `text` that looks like a patient's detail, in order of position; nothing is found twice."""
    spans = [
        *((start, end, DetailKind.NHS_NUMBER) for start, end in _nhs_numbers(text)),
        *((start, end, DetailKind.HOSPITAL_NUMBER) for start, end in _hospital_numbers(text)),
        *((*match.span(), DetailKind.INITIALS_WITH_AGE) for match in _INITIALS_WITH_AGE.finditer(text)),
        *((start, end, DetailKind.DATE_OF_BIRTH) for start, end in dates_of_birth(text, today)),
    ]
    findings: list[PatientDetail] = []
    for start, end, kind in sorted(spans, key=lambda span: span[0]):
        if not findings or start >= findings[-1].end:
            findings.append(PatientDetail(kind, text[start:end], start, end))
    return findings


_GAP = r"[ \t\u00a0\u2007\u2009\u202f.\u2010-\u2013-]{1,2}"
_DIGIT_GROUPS = re.compile(rf"[0-9]+(?:{_GAP}[0-9]+)*")
_NOT_A_PERSONS_NUMBER = re.compile(
    r"\b(?:ISRCTN|NCT|CPMS|IRAS)(?: ?(?:ID|no|number)\b)?[\s.:#]{0,3}[0-9]{3,8}(?![0-9])"
    r"|\b[0-9]{4}-[0-9]{6}-[0-9]{2}(?:-[0-9]{2})?\b"
    r"|\+[0-9]{1,3}(?:[ \u00a0.()-]{0,2}[0-9]){6,10}"
    r"|\b(?!NHS|CHI|HSC|No|Nr|H&C)[A-Za-z][A-Za-z_]*[0-9]+",
    re.IGNORECASE,
)
_HOSPITAL_NUMBER = re.compile(
    r"\b(?:MRN|(?:hospital|hosp|unit|patient|case ?note)\.? ?(?:number|no|num|id|ref)\b)[\s.:#=-]*(?:is\s+|was\s+)?"
    r"([A-Z]{0,3}-?[0-9]{5,10})\b",
    re.IGNORECASE,
)
_INITIALS = r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z]\b(?:\.? ?[A-Z]\b)?|\b[A-Z]\.? ?[A-Z]\b(?:\.? ?[A-Z]\b)?)\.?"
_AGE = r"(?:(?:aged?|age of) ?[0-9]{1,3}\b|[0-9]{1,3}(?:[ -]?years?[ -]old|[ -]?(?:yrs?|y/?o)\b|[MF]\b))"
_INITIALS_WITH_AGE = re.compile(rf"{_INITIALS}[ ,;(:]{{1,3}}(?:is |was )?{_AGE}")


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits pass the modulus 11 check of NHS numbers; ten times one digit is taken for a placeholder."""
    return nhs.is_valid(digits) and len(set(digits)) > 1


def _nhs_numbers(text: str) -> Iterator[tuple[int, int]]:
    readable = _NOT_A_PERSONS_NUMBER.sub(lambda match: "x" * len(match[0]), text)
    for run in _DIGIT_GROUPS.finditer(readable):
        groups = [(m[0], run.start() + m.start(), run.start() + m.end()) for m in re.finditer("[0-9]+", run[0])]
        yield from _nhs_numbers_among(groups)


def _nhs_numbers_among(groups: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    """Up to three neighbouring groups that make ten digits; groups of one or two digits are lists and dates."""
    for first in range(len(groups)):
        digits = ""
        for part, _, end in groups[first : first + 3]:
            digits += part
            if len(part) < 3 or len(digits) > 10:
                break
            if is_nhs_number(digits):
                yield groups[first][1], end


def _hospital_numbers(text: str) -> Iterator[tuple[int, int]]:
    return (match.span(1) for match in _HOSPITAL_NUMBER.finditer(text))
