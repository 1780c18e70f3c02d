"""Why a run gave a learner no place, said to her."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.language.numbers import plural
from app.phrasebook.obstacles import of_openings
from app.rules.advice.changes import Hindrance
from matching import UnplacedKind

WITH_OPENINGS: Mapping[UnplacedKind, str] = {
    UnplacedKind.FULL: "{them} {was} filled by other learners.",
    UnplacedKind.HOURS: "{them} {was} filled, or the mentor’s hours were used up by other learners.",
    UnplacedKind.MINIMUM: "{them} {was} filled, or would start only with more learners.",
    UnplacedKind.AIMS: "An opening that fits you has a place left, but giving it to you would have been worse for the "
    "aims of this round, which come in a fixed order. Your coordinator can explain how.",
}


def without_opening(networks: Sequence[str], hindered: Counter[Hindrance]) -> str:
    """What kept each opening within her networks from her; `hindered` counts the openings by their first hindrance."""
    total = hindered.total()
    if not total:
        return f"No opening at your level was offered in the networks that you can reach ({', '.join(networks)})."
    if len(hindered) == 1:
        them = plural(total, "The only opening", f"{all_of(total)} openings")
        return f"{them} in the networks that you can reach {of_openings(next(iter(hindered)), total)}."
    parts = [f"{number:,} {of_openings(what, number)}" for what, number in hindered.most_common()]
    return f"Of the {total:,} openings in the networks that you can reach, {'; '.join(parts)}."


def with_openings(number: int, kind: UnplacedKind) -> str:
    """Why none of the openings that she could have been given became hers."""
    them = plural(number, "The only opening that fits you", f"{all_of(number)} openings that fit you")
    return WITH_OPENINGS[kind].format(them=them, was=plural(number, "was", "were"))


def only_what_was_declined(number: int) -> str:
    """Why a further turn has nothing for her: what fits she was offered, and did not want."""
    return plural(
        number,
        "The only opening that fits you is the one that you declined.",
        f"The {number:,} openings that fit you are those that you declined.",
    )


def beside_own_request(number: int) -> str:
    """Why none of them became hers, where the run gave one to another request of hers in the same round."""
    if number == 1:
        return "The only opening that fits this request was given to your other request. Two modules need two openings."
    return (
        f"{all_of(number)} openings that fit this request were filled by other learners, or given to your other "
        "request. Two modules need two openings."
    )


def all_of(number: int) -> str:
    return "Both" if number == 2 else f"All {number:,}"
