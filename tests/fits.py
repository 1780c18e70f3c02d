"""How well each of some openings fits a request, best first: what pages and rounds are compared with."""

from app.rules.fit import OpeningFit, index_of, interest_of
from app.rules.length import with_length


def fits_of(request, openings, today, among=None):
    """A word counts more the fewer openings have it: `among` are those to count in, where they are more."""
    index = index_of(openings if among is None else among)
    [scores] = index.scores([interest_of(request)], [str(opening.id) for opening in openings]).tolist()
    fits = [
        OpeningFit(opening, with_length(score, request, opening, today), request, index, today)
        for opening, score in zip(openings, scores, strict=True)
    ]
    return sorted(fits, key=lambda fit: (-fit.score, fit.opening.id))
