"""What a learner and an opening share is said without the word for the score, which stands beside it."""

from dataclasses import dataclass, field

import pytest

from app.phrasebook.fits import shared_in_words


@dataclass
class Fit:
    """As much of a fit as is worded."""

    word: str
    score: int
    terms: tuple[str, ...] = ()
    ranks: dict[str, int] = field(default_factory=dict)


@pytest.mark.parametrize(
    ("fit", "sentence"),
    [
        (Fit("strong", 700, ("falls", "hip fracture")), "What you share: falls, hip fracture."),
        (
            Fit("good", 450, ("falls",), {"Ageing": 1, "Trauma": 4}),
            "What you share: falls; Ageing is your first specialty; Trauma is your 4th specialty.",
        ),
        (Fit("little", 40), "All that you share: only words that many openings have."),
        (Fit("little", 0), "Nothing that you wrote is named in it."),
    ],
)
def test_what_is_shared_is_one_sentence(fit, sentence):
    assert shared_in_words(fit) == sentence
