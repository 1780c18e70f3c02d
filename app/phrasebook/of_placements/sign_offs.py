"""Sign-offs in words: how one stands, what the record says that is signed, and what is missing from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.language.dates_and_times import day_in_words, day_of, hours_and_minutes
from app.language.numbers import count
from app.models.course.sign_offs import SignOffState
from app.models.operations.parties import Party
from app.models.placements import Placement
from app.phrasebook.of_placements.progress_reviews import AGREEMENT, sessions_in_words
from app.rules.sign_offs.facts import Facts, Lack, Lacking, lacks_in
from app.rules.sign_offs.parts import asked_from, can_be_asked_on, is_over_without
from app.rules.sign_offs.standing import PlacementSignOff

PARTS = (
    (Party.MENTOR, "Mentor, who attests what was seen"),
    (Party.STUDY_TEAM, "Study team, which confirms it from records"),
    (Party.ACADEMIC_SUPERVISOR, "Academic supervisor, who decides"),
)
NOT_ASKED, NO_SIGN_OFF = "not asked for", "no sign-off"


@dataclass(frozen=True, slots=True)
class SaidSignOff:
    """How a sign-off stands: a word for its tag, and a sentence."""

    placement_id: int
    state: str
    headline: str


def said_sign_off(placement: Placement, found: PlacementSignOff | None, today: date) -> SaidSignOff:
    """Also where nobody has asked for one."""
    if found is None:
        state = NO_SIGN_OFF if is_over_without(placement) else NOT_ASKED
        return SaidSignOff(placement.id, state, not_asked(placement, today))
    return SaidSignOff(placement.id, state_of(found), headline(found))


def not_asked(placement: Placement, today: date) -> str:
    if is_over_without(placement):
        return "The placement did not run to its end as this one, so it is not signed off."
    if not placement.mentor.is_active:
        return mentor_has_left(placement)
    if can_be_asked_on(placement, today):
        return "Learner or mentor can ask for it now."
    return f"It can be asked for from {day_in_words(asked_from(placement))} on."


def state_of(found: PlacementSignOff) -> str:
    """The word for its tag; what was decided shows as signed off only while all signatures stand."""
    if found.sign_off.state is SignOffState.SIGNED_OFF and not found.is_signed_off:
        return SignOffState.VOID.value
    return found.sign_off.state.value


def headline(found: PlacementSignOff) -> str:
    sign_off, can_attest = found.sign_off, found.sign_off.placement.mentor.is_active
    if found.signed_off_at:
        return f"Signed off on {day_in_words(day_of(found.signed_off_at))} by all three."
    if found.ended:
        why, day = found.ended.reason, day_in_words(day_of(found.ended.at))
        next_deed = "A new one can be asked for." if can_attest else mentor_has_left(sign_off.placement)
        return f"It counts no longer since {day}: {why} {next_deed}"
    if Party.MENTOR in found.standing.missing and not can_attest:
        return mentor_has_left(sign_off.placement)
    if sign_off.state is SignOffState.RETURNED and sign_off.returns:
        last = sign_off.returns[-1]
        return f"{last.by_name} returned it on {day_in_words(day_of(last.at))}. Put right what is not, then ask again."
    return f"It waits for {waits_for(found)}."


def mentor_has_left(placement: Placement) -> str:
    """What somebody can do all the same: credit without a sign-off needs a reason, and no mentor."""
    university = placement.module.programme.provider.name
    return (
        f"{placement.mentor.name} has left, so nobody can attest it. {university} can decide on the credit without a "
        "sign-off, with a reason that stays."
    )


def waits_for(found: PlacementSignOff) -> str:
    sign_off, placement = found.sign_off, found.sign_off.placement
    missing = found.standing.missing
    if Party.MENTOR in missing:
        return f"{placement.mentor.name} to attest it"
    if Party.STUDY_TEAM in missing:
        is_mentor = sign_off.confirmer_id == placement.mentor_id
        if is_mentor and not sign_off.exception_for(sign_off.confirmer_id):
            university = placement.module.programme.provider.name
            return f"{university} to say whether {placement.mentor.name} may also confirm it"
        return f"{sign_off.confirmer_name} to confirm it from records"
    return f"an academic supervisor of {placement.module.programme.provider.name} to decide"


def lacks_in_words(facts: Facts) -> list[str]:
    """What is missing, a sentence each."""
    return [lack_in_words(one) for one in lacks_in(facts)]


def lack_in_words(lack: Lack) -> str:
    return {
        Lacking.BELOW_BAND: f"The verified workplace hours are {hours_and_minutes(lack.number)} below the band.",
        Lacking.RETURNED_HOURS: f"{count(lack.number, 'hours entry', 'hours entries')} returned and not put right.",
        Lacking.UNVERIFIED_HOURS: f"{count(lack.number, 'hours entry', 'hours entries')} not verified.",
        Lacking.UNCONFIRMED_SESSIONS: f"{count(lack.number, 'session')} not confirmed.",
        Lacking.NO_LAST_REVIEW: "There is no final review that learner and mentor have both signed.",
        Lacking.CAPABILITIES_WITHOUT_EVIDENCE: f"No evidence for: {'; '.join(lack.names)}.",
        Lacking.NO_AGREEMENT: "There is no learning agreement that all have signed.",
    }[lack.what]


def said_facts(facts: Facts) -> Sequence[tuple[str, str]]:
    """The record as it is read, each line under its name."""
    shown, missing = facts["with_evidence"], facts["without_evidence"]
    held = [kind for kind, digest in facts["reviews"].items() if digest]
    found = [
        ("Time", f"{said_day(facts['starts_on'])} to {said_day(facts['ends_on'])}"),
        ("Workplace hours", workplace_in_words(facts)),
        ("All hours", hours_in_words(facts)),
        ("Sessions", sessions_in_words(facts)),
        ("Open actions", str(facts["open_actions"])),
        ("Learning agreement", AGREEMENT[facts["agreement"]]),
        ("Progress reviews", f"Signed by both: {', '.join(held)}" if held else "None is signed by both"),
    ]
    if shown or missing:
        found.append(("Capabilities with evidence", "; ".join(shown) if shown else "None"))
    if missing:
        found.append(("Without evidence", "; ".join(missing)))
    return found


def workplace_in_words(facts: Facts) -> str:
    verified = hours_and_minutes(facts["verified_workplace_minutes"])
    words = f"{verified} verified, of {hours_and_minutes(facts['workplace_minutes'])} submitted"
    if facts["band_hours"]:
        low, high = facts["band_hours"]
        words += f"; the band is {low} to {high} h"
    return words


def hours_in_words(facts: Facts) -> str:
    verified = hours_and_minutes(facts["verified_minutes"])
    words = f"{verified} verified, of {hours_and_minutes(facts['minutes'])} submitted"
    if facts["planned_minutes"] is not None:
        words += f"; the signed agreement plans {hours_and_minutes(facts['planned_minutes'])}"
    return words


def hours_by_category(facts: Facts) -> list[tuple[str, str, str]]:
    """Category, submitted and verified, for a table."""
    return [
        (name, hours_and_minutes(one["submitted"]), hours_and_minutes(one["verified"]))
        for name, one in facts["by_category"].items()
    ]


def said_day(day: str) -> str:
    return day_in_words(date.fromisoformat(day))
