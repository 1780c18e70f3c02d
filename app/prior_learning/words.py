"""How prior learning and the rules of a university are said on pages; what is not known is said to be so."""

from datetime import date

from app.language.numbers import count
from app.models.academic.prior_learning import ClaimDecision, PriorSource, SourceKind
from app.rules.prior_learning.granting import Learning, is_too_old
from app.rules.prior_learning.said import Said

# Levels of the Framework for Higher Education Qualifications, in which a master’s degree is 7.
LEVELS = {
    4: "4, as in the first year of a bachelor’s degree",
    5: "5, as in the second year of a bachelor’s degree",
    6: "6, as at the end of a bachelor’s degree",
    7: "7, as in a master’s degree",
    8: "8, as in a doctorate",
}
TO_CONFIRM = "to confirm"
NEW_SOURCES = {
    SourceKind.MODULE: "A module or course elsewhere",
    SourceKind.EXPERIENCE: "Learning at work",
    SourceKind.HERE: "Credit that you hold on this service",
    SourceKind.RECORD: "A signed record that your university has taken",
}


def rules_in_words(said: Said) -> list[tuple[str, str]]:
    """Pairs of what a university says something about and what it says."""
    return [
        ("Credits recognised at this level", cap_in_words(said)),
        ("Age of learning", age_in_words(said)),
        ("Parts of modules", {True: "Whole modules only", False: "Parts too", None: TO_CONFIRM}[said.is_whole_modules]),
        ("Lowest level", TO_CONFIRM if said.lowest_level is None else LEVELS[said.lowest_level]),
        ("Appeal", TO_CONFIRM if said.appeal_days is None else f"Within {count(said.appeal_days, 'day')}"),
        ("Where it stands", said.reference or TO_CONFIRM),
    ]


def cap_in_words(said: Said) -> str:
    if said.cap is None:
        return TO_CONFIRM
    with_exemption = f"; up to {said.exempt_cap} with an exemption" if (said.exempt_cap or 0) > said.cap else ""
    return f"At most {said.cap}{with_exemption}"


def age_in_words(said: Said) -> str:
    if said.age_years is None:
        return TO_CONFIRM
    return f"Older than {count(said.age_years, 'year')} counts as experience"


def source_in_words(source: PriorSource) -> str:
    """Where it was, with its level and credits where it has any."""
    parts = [source.body, f"level {source.level}" if source.level else "", credits_in_words(source)]
    return ", ".join(one for one in parts if one)


def credits_in_words(source: PriorSource) -> str:
    return count(source.credits, "credit") if source.credits else ""


def remarks_on(one: Learning, source: PriorSource, said: Said, today: date) -> list[str]:
    """What whoever reads a source should know before it is decided."""
    found = []
    if is_too_old(one, said, today):
        found.append(f"Older than {count(said.age_years or 0, 'year')}: it counts as experience, not as credit.")
    if source.kind is SourceKind.EXPERIENCE:
        found.append("Experience: it has no credits of its own, and counts once.")
    if said.lowest_level is not None and one.level is not None and one.level < said.lowest_level:
        found.append(f"Below level {said.lowest_level}, which is the lowest that the university recognises.")
    if said.lowest_level is not None and one.level is None and source.kind is SourceKind.MODULE:
        found.append(f"Its level is not known. The university recognises level {said.lowest_level} and above.")
    found += [f"Used already: {where}." for where in one.used_at]
    if one.is_lost:
        found.append(one.is_lost.removesuffix(" Enter 0."))
    return found


def outcome_in_words(decision: ClaimDecision, asked: int) -> str:
    if not decision.credits:
        return "Not recognised"
    if decision.credits == asked:
        return f"{count(decision.credits, 'credit')} recognised"
    return f"{decision.credits} of {asked} credits recognised"
