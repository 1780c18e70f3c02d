"""What a learner and an opening share is said without the word for the score, which stands beside it."""

from dataclasses import dataclass, field

import pytest

from app.phrasebook.fits import in_short, shared_in_words, why, why_about_learner
from app.rules.length import Length


@dataclass
class Fit:
    """As much of a fit as is worded."""

    word: str
    score: int
    terms: tuple[str, ...] = ()
    ranks: dict[str, int] = field(default_factory=dict)
    weak_terms: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    length: Length | None = None
    shares_little: bool = False


def little(**given):
    return Fit("little", 40, shares_little=True, **given)


SHORT = Length(weeks=4, needed=15, credits=30)


@pytest.mark.parametrize(
    ("fit", "sentence"),
    [
        (Fit("strong", 700, ("falls", "hip fracture")), "What you share: falls, hip fracture."),
        (
            Fit("good", 450, ("falls",), {"Ageing": 1, "Trauma": 4}),
            "What you share: falls; Ageing is your first specialty; Trauma is your 4th specialty.",
        ),
        (little(weak_terms=("effects",)), "What you share: only “effects”, which says little alone."),
        (
            little(weak_terms=("a", "b", "c", "d")),
            "What you share: only “a” and “b” and “c”, which say little alone.",
        ),
        (little(), "Nothing that you wrote is named in it."),
        (little(refused=("cancer",)), "It speaks of cancer, which you do not want."),
        (
            Fit("little", 187, ("falls",), length=SHORT),
            "What you share: falls. It leaves 4 of the 15 weeks that 30 credits usually take.",
        ),
        (Fit("strong", 700, ("falls",), length=Length(15, 15, 30)), "What you share: falls."),
    ],
)
def test_what_is_shared_is_said(fit, sentence):
    assert shared_in_words(fit) == sentence


@pytest.mark.parametrize("fit", [Fit("little", 187, ("falls",), refused=("cancer", "children"), length=SHORT)])
def test_a_proposal_a_pin_and_the_learner_read_the_same_reasons(fit):
    weeks = "It leaves 4 of the 15 weeks that 30 credits usually take."
    assert why(fit) == f"Little fit: falls. It speaks of cancer and children, which you do not want. {weeks}"
    assert why_about_learner(fit) == (
        f"Little fit: falls. It speaks of cancer and children, which the learner does not want. {weeks}"
    )
    assert in_short(fit) == ["little fit", "4 of 15 weeks"]
