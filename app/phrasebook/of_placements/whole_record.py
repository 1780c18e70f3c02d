"""The whole record of a placement as a paper: to print, and to keep as a file."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.language.dates_and_times import day_in_words, day_of, hours_and_minutes
from app.language.numbers import listed
from app.language.papers import Paper, Section, Table
from app.phrasebook.of_placements.agreements import month_in_words
from app.rules.record.content import (
    AgreementIn,
    CapabilityIn,
    PartIn,
    RatingIn,
    RecordContent,
    ReviewIn,
    SessionIn,
    SignatureIn,
    WeekIn,
)

NOTHING = "–"
MISSING = "a signature is missing"
COUNTS = (
    "Hours count from when they are submitted; verified are those that a mentor has verified. Confirmed sessions count "
    "as supervision. Hours show how far the learner is; they never award credit: the university decides that."
)
LEFT_OUT = "Private notes about sessions, and adjustments in a learning agreement, are no part of this record."
WITHOUT_WORDS = "What was talked about, agreed or handed in is for learner, mentor and university, and left out here."


def paper_of_record(record: RecordContent, today: date, *, is_whole: bool = True) -> Paper:
    """The record as it stands on a day; `is_whole` is False where its reader does not read all of its words."""
    sections = [
        about_sign_off(record.sign_off),
        about_the_learner(record),
        *(about_part(one, record) for one in record.parts),
        *(about_agreement(one, record) for one in record.agreements),
        about_hours(record),
        about_sessions(record),
        about_capabilities(record),
        about_evidence(record),
        *(about_review(one, record) for one in record.reviews),
        about_signatures(record),
        about_itself(today, is_whole),
    ]
    return Paper(f"Placement record of {record.learner.name}", tuple(one for one in sections if one))


def about_itself(today: date, is_whole: bool) -> Section:
    told = (f"As it stood on {day_in_words(today)}.", COUNTS, LEFT_OUT)
    return Section("About this record", told if is_whole else (*told, WITHOUT_WORDS))


def about_sign_off(sign_off: Mapping[str, Any] | None) -> Section:
    """Who signed it off; reasons are left out for whoever reads no words of it."""
    if sign_off is None:
        return Section("Sign-off", ("This placement is not signed off.",))
    lines = []
    for one in sign_off["signatures"]:
        said = f"{one['name']}, {one['party']}, on {day_in_words(day_of(one['signed_at']))}"
        although = f" Something was missing; signed all the same because: {one['signed_although']}"
        lines.append(f"{said}.{although if one['signed_although'] else ''}")
    for one in sign_off["exceptions"]:
        why = f": {one['reason']}" if one["reason"] else ""
        lines.append(f"{one['granted_by']} allowed {one['name']} to stand in two parts{why}")
    return Section("Signed off", (*lines, f"What they signed has the digest {sign_off['digest']}"))


def about_the_learner(record: RecordContent) -> Section:
    learner, module = record.learner, record.module
    who = f"{learner.name}, {learner.profession}" if learner.profession else learner.name
    return Section(
        "Learner and module",
        (
            f"Learner: {who}",
            f"Module: {module.title}, {module.credits} credits, {module.hours} hours of learning",
            f"Programme: {module.programme}, {module.level}, {module.university}",
        ),
    )


def about_part(part: PartIn, record: RecordContent) -> Section:
    numbers = [f"{scheme} {value}" for scheme, value in part.study.identifiers]
    lines = [
        f"Study: {part.study.title}{f' ({listed(numbers)})' if numbers else ''}",
        f"Organisation: {part.organisation} ({part.ods_code})",
        f"Mentor: {part.mentor}",
        *(f"Deputy: {one.name}, {day_in_words(one.starts_on)} to {day_in_words(one.ends_on)}" for one in part.deputies),
        f"Days: {day_in_words(part.starts_on)} to {day_in_words(part.ends_on)}",
        *(f"Pause: from {day_in_words(first)}, went on on {day_in_words(after)}" for first, after in part.pauses),
        f"State: {part.standing}",
    ]
    return Section(in_part("Placement", part.number, record), tuple(lines))


def in_part(words: str, number: int, record: RecordContent) -> str:
    """A heading, with which part it is about where there are several."""
    return f"{words}, part {number}" if len(record.parts) > 1 else words


def about_agreement(agreement: AgreementIn, record: RecordContent) -> Section:
    state = "signed by learner, mentor and academic supervisor" if agreement.is_signed else MISSING
    hours = [f"{name}: {hours_and_minutes(minutes)}" for name, minutes in agreement.minutes_by_category.items()]
    by_month = sorted(agreement.minutes_by_month.items())
    months = [f"{month_in_words(month)}: {hours_and_minutes(minutes)}" for month, minutes in by_month]
    lines = [
        f"State: {state}, revision {agreement.revision}",
        *(objective_in_words(one.words, one.capabilities) for one in agreement.objectives),
        *([f"Planned hours: {', '.join(hours)}"] if hours else []),
        *([f"Planned by month: {', '.join(months)}"] if months else []),
        *([f"Sessions: {agreement.sessions}"] if agreement.sessions else []),
        *([f"Working pattern: {agreement.working_pattern}"] if agreement.working_pattern else []),
        f"What is agreed now has the digest {agreement.digest}",
    ]
    return Section(in_part("Learning agreement", agreement.part, record), tuple(lines))


def objective_in_words(words: str, capabilities: Sequence[str]) -> str:
    return f"Objective: {words}{f' ({listed(capabilities)})' if capabilities else ''}"


def about_hours(record: RecordContent) -> Section:
    minimum = f" The least for this level is {hours_and_minutes(record.minimum_minutes)} in the workplace."
    counted = (
        f"{hours_and_minutes(record.submitted_minutes)} count, {hours_and_minutes(record.verified_minutes)} of them "
        f"verified or confirmed.{minimum if record.minimum_minutes else ''}"
    )
    categories = Table(
        "Hours by category",
        ("Category", "Planned", "Submitted", "Of these verified", "Logged only"),
        tuple(
            (
                one.category.capitalize(),
                NOTHING if one.planned is None else hours_and_minutes(one.planned),
                *(hours_and_minutes(minutes) for minutes in (one.submitted, one.verified, one.logged_only)),
            )
            for one in record.categories
        ),
    )
    weeks = Table(
        "Hours by week",
        ("Week", "Planned in the workplace", "Submitted", "Of these verified", "Logged only"),
        tuple(week_in_words(one) for one in record.weeks),
    )
    return Section("Hours", (counted,), (categories, weeks) if record.weeks else (categories,))


def week_in_words(week: WeekIn) -> tuple[str, ...]:
    days = f"{day_in_words(week.first_day)} to {day_in_words(week.last_day)}"
    nothing = "none, as the learner said" if week.says_none else NOTHING
    return (
        days,
        hours_and_minutes(week.planned_in_workplace),
        minutes_by_category(week.submitted, nothing),
        minutes_by_category(week.verified),
        minutes_by_category(week.logged_only),
    )


def minutes_by_category(minutes: Mapping[str, int], nothing: str = NOTHING) -> str:
    return ", ".join(f"{name} {hours_and_minutes(number)}" for name, number in minutes.items()) or nothing


def about_sessions(record: RecordContent) -> Section:
    if not record.sessions:
        return Section("Sessions", ("No session is on record.",))
    has_words = any(one.topics for one in record.sessions)
    table = Table(
        "Sessions",
        ("Day", "How long", "How", "With", "State", *(("What about",) if has_words else ())),
        tuple((*session_in_words(one), *((words_of(one),) if has_words else ())) for one in record.sessions),
    )
    return Section("Sessions", (), (table,))


def session_in_words(meeting: SessionIn) -> tuple[str, ...]:
    how = f"{meeting.form}, in a group" if meeting.is_in_a_group else meeting.form
    return (day_in_words(meeting.held_on), hours_and_minutes(meeting.minutes), how, meeting.held_by, meeting.state)


def words_of(meeting: SessionIn) -> str:
    """What was talked about, then each action on a line of its own."""
    actions = (
        f"To do ({one.owner}): {one.what}"
        + (f", by {day_in_words(one.due_on)}" if one.due_on else "")
        + (f"; done on {day_in_words(one.done_on)}" if one.done_on else "")
        for one in meeting.actions
    )
    return "\n".join([meeting.topics or NOTHING, *actions])


def about_capabilities(record: RecordContent) -> Section:
    if not record.capabilities:
        return Section("Capabilities", ("The university has not set any capabilities yet.",))
    table = Table(
        "Capabilities",
        ("Capability", "Learner’s rating", "Mentor’s rating", "Evidence"),
        tuple(
            (name_of(one), rating_in_words(one.by_learner), rating_in_words(one.by_mentor), evidence_for(one))
            for one in record.capabilities
        ),
    )
    return Section("Capabilities", (), (table,))


def name_of(capability: CapabilityIn) -> str:
    return f"{capability.name} (no longer asked for)" if capability.is_retired else capability.name


def rating_in_words(rating: RatingIn | None) -> str:
    return f"{rating.level}, {rating.rated_by}, {day_in_words(day_of(rating.rated_at))}" if rating else NOTHING


def evidence_for(capability: CapabilityIn) -> str:
    """The titles where the reader may read them, else how much there is."""
    if capability.evidence:
        return "\n".join(capability.evidence)
    return str(capability.number_of_evidence) if capability.number_of_evidence else "none"


def about_evidence(record: RecordContent) -> Section | None:
    if not record.evidence:
        return None
    table = Table(
        "Evidence",
        ("Title", "Kind", "Added on", "For", "Does it count"),
        tuple(
            (
                one.title,
                one.kind,
                day_in_words(day_of(one.added_at)),
                "\n".join(one.capabilities),
                "yes" if one.counts else "not now: what it names was returned, withdrawn or not confirmed",
            )
            for one in record.evidence
        ),
    )
    return Section("Evidence", (), (table,))


def about_review(review: ReviewIn, record: RecordContent) -> Section:
    lines = [
        f"State: {'signed by learner and mentor' if review.is_signed else MISSING}, revision {review.revision}",
        *([f"They met on {day_in_words(review.met_on)}"] if review.met_on else []),
        *([f"Agreed: {review.agreed}"] if review.agreed else []),
        *([f"The mentor’s statement: {review.statement}"] if review.statement else []),
        *([f"Capabilities that the mentor saw: {listed(review.seen)}"] if review.seen else []),
        f"What is written there now has the digest {review.digest}",
    ]
    return Section(in_part(f"{review.kind.capitalize()} review", review.part, record), tuple(lines))


def about_signatures(record: RecordContent) -> Section:
    if not record.signed:
        return Section("Signatures", ("Nothing is signed.",))
    table = Table(
        "Signatures",
        ("Under", "As", "Name", "Given on", "Does it stand"),
        tuple(
            (
                in_part(what.capitalize(), part, record),
                one.party,
                one.name,
                day_in_words(day_of(one.signed_at)),
                standing_in_words(one),
            )
            for what, part, one in record.signed
        ),
    )
    return Section("Signatures", (), (table,))


def standing_in_words(signature: SignatureIn) -> str:
    """A signature that does not stand is never called one that does, and says since when and why."""
    if signature.stands:
        return "yes"
    if signature.voided_at is None:
        return "no: what it was under has changed since"
    because = f": {signature.voided_because}" if signature.voided_because else ""
    return f"no: voided on {day_in_words(day_of(signature.voided_at))}{because}"
