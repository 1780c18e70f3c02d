"""Progress reviews in words: how each of a placement stands, what one says, and the numbers that it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.language.dates_and_times import day_in_words, day_of, hours_and_minutes
from app.language.numbers import count, listed
from app.models.course.progress_reviews import ProgressReviewState, ReviewKind
from app.models.operations.parties import Party
from app.models.placements import Placement
from app.rules.progress_reviews.kind import PlacementReviews

SIGNED_BY_BOTH, OVERDUE, NOT_HELD = "signed by both", "overdue", "not held"
AGREEMENT = {
    "none": "There is none",
    "not signed": "Not signed by all",
    "signed": "Signed by learner, mentor and academic supervisor",
}


@dataclass(frozen=True, slots=True)
class SaidReview:
    """How one review stands: a word for its tag, until when it is due, and a sentence."""

    placement_id: int
    kind: ReviewKind
    state: str
    due_on: date | None
    headline: str

    @property
    def name(self) -> str:
        return self.kind.name_in_words.capitalize()


def said_reviews(reviews: PlacementReviews, today: date) -> list[SaidReview]:
    """All reviews of a placement, in order."""
    return [said_review(reviews, kind, today) for kind in reviews.kinds]


def said_review(reviews: PlacementReviews, kind: ReviewKind, today: date) -> SaidReview:
    dates = reviews.dates
    due_on = dates.due_on(kind) if dates and kind in dates.kinds else None
    state = state_of(reviews, kind, today)
    return SaidReview(reviews.placement.id, kind, state, due_on, headline(reviews, kind, state, due_on))


def state_of(reviews: PlacementReviews, kind: ReviewKind, today: date) -> str:
    review = reviews.reviews.get(kind)
    if reviews.is_signed(kind):
        return SIGNED_BY_BOTH
    if kind is reviews.overdue_on(today):
        return OVERDUE
    if review and review.state is ProgressReviewState.TO_SIGN:
        return review.state.value
    if is_over(reviews, kind, today):
        return NOT_HELD
    return review.state.value if review else "not begun"


def is_over(reviews: PlacementReviews, kind: ReviewKind, today: date) -> bool:
    """True where it was not held, and nobody is asked for it any more."""
    if reviews.placement.never_began:
        return True
    if reviews.placement.starts_on > today or kind is reviews.asked_on(today):
        return False
    if not reviews.can_be_held_on(kind, today):
        return True
    return bool(reviews.dates and reviews.dates.is_past(kind, today))


def headline(reviews: PlacementReviews, kind: ReviewKind, state: str, due_on: date | None) -> str:
    """What there is to know beside the tag."""
    placement, review = reviews.placement, reviews.reviews.get(kind)
    was_due = "It was due" if state == OVERDUE else "Due"
    due = f"{was_due} by {day_in_words(due_on)}." if due_on else ""
    if state == SIGNED_BY_BOTH and review:
        last = max(one.signed_at for one in reviews.standings[kind].signatures.values())
        read = f" {review.read_by.name} has read it." if review.read_by else ""
        return f"Signed by both, the last of them on {day_in_words(day_of(last))}.{read}"
    if state == NOT_HELD:
        return "It was not held, and is not asked for any more."
    if review is None:
        return due
    if review.state is ProgressReviewState.TO_SIGN:
        return f"{due} It waits for {listed(waits_for(reviews, kind))} to sign.".strip()
    if review.state is ProgressReviewState.WRITING:
        return f"{due} What was agreed is to be written down.".strip()
    handed_in = [name_of(placement, one) for one in (Party.LEARNER, Party.MENTOR) if review.handed_in_by(one)]
    return f"{due} {listed(handed_in)} {'has' if len(handed_in) == 1 else 'have'} prepared it.".strip()


def waits_for(reviews: PlacementReviews, kind: ReviewKind) -> list[str]:
    return [name_of(reviews.placement, party) for party in reviews.standings[kind].missing]


def name_of(placement: Placement, party: Party) -> str:
    return placement.learner.name if party is Party.LEARNER else placement.mentor.name


def said_numbers(numbers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The numbers as they are read, each under its name."""
    shown, missing = numbers["with_evidence"], numbers["without_evidence"]
    found = [
        ("Workplace hours", workplace_in_words(numbers)),
        ("All hours", hours_and_minutes(numbers["minutes"])),
        ("Sessions", sessions_in_words(numbers)),
        ("Open actions", str(numbers["open_actions"])),
        ("Learning agreement", AGREEMENT[numbers["agreement"]]),
    ]
    if shown or missing:
        with_evidence = f"{len(shown)} of {len(shown) + len(missing)} have evidence."
        found.append(("Capabilities", f"{with_evidence} None yet: {'; '.join(missing)}" if missing else with_evidence))
    return found


def workplace_in_words(numbers: Mapping[str, Any]) -> str:
    verified = hours_and_minutes(numbers["verified_workplace_minutes"])
    words = f"{hours_and_minutes(numbers['workplace_minutes'])}, {verified} of them verified"
    if numbers["planned_minutes"] is not None:
        words += f"; the signed agreement plans {hours_and_minutes(numbers['planned_minutes'])} of all kinds by now"
    if numbers["band_hours"]:
        low, high = numbers["band_hours"]
        words += f"; on the way to {low} to {high} h it would be about {numbers['line_minutes'] // 60} h by now"
    return words


def sessions_in_words(numbers: Mapping[str, Any]) -> str:
    words = count(numbers["sessions"], "confirmed session")
    if numbers["waiting_sessions"]:
        words += f", {numbers['waiting_sessions']} to confirm"
    if numbers["last_session_on"]:
        words += f"; the last one on {day_in_words(date.fromisoformat(numbers['last_session_on']))}"
    return words


@dataclass(frozen=True, slots=True)
class SaidContent:
    """What a review says, read from the very content that is signed."""

    met_on: date | None
    agreed: str
    statement: str
    seen: tuple[str, ...]
    not_seen: tuple[str, ...]
    numbers: Sequence[tuple[str, str]]
    counted_on: date | None


def said_content(content: Mapping[str, Any]) -> SaidContent:
    numbers, seen = content["numbers"], [one["name"] for one in content["seen"]]
    asked = [*numbers.get("with_evidence", ()), *numbers.get("without_evidence", ())]
    return SaidContent(
        date.fromisoformat(content["met_on"]) if content["met_on"] else None,
        content["agreed"],
        content["statement"],
        tuple(seen),
        tuple(name for name in asked if name not in seen),
        said_numbers(numbers) if numbers else (),
        date.fromisoformat(numbers["day"]) if numbers else None,
    )


def who_reads_a_preparation(placement: Placement, party: Party) -> str:
    """What stands beside each box of a preparation."""
    other = name_of(placement, Party.MENTOR if party is Party.LEARNER else Party.LEARNER)
    return f"{other} reads it once both of you have handed in, or when you meet. Nobody else does."


def who_reads_what_is_agreed(placement: Placement) -> str:
    university = placement.module.programme.provider.name
    return (
        f"{placement.learner.name}, {placement.mentor.name}, and the academic supervisor and programme leads at "
        f"{university} read it; while nobody is the academic supervisor, all of them there do. Nothing that could "
        "identify a patient."
    )
