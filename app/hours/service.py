"""Deeds with hours: a learner logs time, corrects an entry, and takes one back."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.hours.queries import latest_version, same_entries, sessions_on, timed_entries_around
from app.language.dates_and_times import day_in_words, hours_and_minutes, how_long_ago
from app.language.local_times import clock_in_words
from app.language.refusal import Refused
from app.models.course.readiness import NeedKind
from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.people import Person
from app.models.placements import Placement
from app.phrasebook.readiness import cannot_work, only_observed
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.promises.course.hours import CORRECT, HOURS, WITHDRAW, hold, require_unlocked
from app.rules.doubts import ask_about, doubts_about_duration, doubts_about_text, week_of
from app.rules.hours.clock_times import Worked
from app.rules.readiness.missing import missing_on, needs_of
from app.rules.record_totals import logged_minutes
from app.rules.sent_before import ChangedMeanwhile, SentBefore

STEP_MINUTES = 15


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What a learner wants to have on her record; `form_key` is the same when a form is sent twice.

    `started` and `ended` are given together, or not at all.
    """

    worked_on: date
    category: HoursCategory
    minutes: int
    did: str
    reflection: str
    form_key: str
    started: time | None = None
    ended: time | None = None

    @property
    def worked(self) -> Worked | None:
        """The times between which it was, where she said so."""
        return Worked(self.worked_on, self.started, self.ended) if self.started and self.ended else None

    def says(self, entry: HoursEntry) -> bool:
        """True when the entry has all of this already."""
        said = {name: value for name, value in asdict(self).items() if name != "form_key"}
        return all(getattr(entry, name) == value for name, value in said.items())


def log_hours(
    session: Session,
    learner: Person,
    placement: Placement,
    entry: NewEntry,
    *,
    is_sure: bool,
    now: datetime,
    today: date,
) -> HoursEntry:
    """Put an entry on the record, once; raises Refused when it cannot be, or may not be without a tick.

    Raises SentBefore when the same form has logged something else.
    """
    known = known_entry(session, placement, entry)
    if known:
        return known
    is_observed = check_entry(session, placement, entry, is_sure, now, today)
    row = HoursEntry(
        placement=placement, logged_at=now, state=HoursState.DRAFT, is_observed=is_observed, **asdict(entry)
    )
    if not added(session, row):  # the same form, sent twice at the same moment
        return known_entry(session, placement, entry) or _refuse_key()
    record(session, learner, "logged hours", row, now=now, category=entry.category.value, minutes=entry.minutes)
    return row


def correct_hours(
    session: Session,
    learner: Person,
    entry: HoursEntry,
    new: NewEntry,
    *,
    is_sure: bool,
    now: datetime,
    today: date,
) -> HoursEntry:
    """Put a new version in the place of an entry; the old one stays as history and no longer counts.

    What waits for the mentor goes on waiting, as it is now; all else is a draft. Raises Refused like log_hours,
    Overtaken when it is verified, and ChangedMeanwhile when another version has taken the entry's place already.
    """
    known = known_entry(session, entry.placement, new)
    if known:
        return known
    hold(session, entry)
    if entry.withdrawn_at:
        raise changed_meanwhile(session, entry)
    require_unlocked(entry)
    if new.says(entry):
        if entry.state is HoursState.RETURNED:
            raise Refused("Nothing is changed. If the entry is right as it is, say so on its page.")
        return entry
    waits = entry.state is HoursState.SUBMITTED
    HOURS.move(session, entry, CORRECT, Party.LEARNER, learner, now, minutes=new.minutes, was=entry.minutes)
    session.flush()
    is_observed = check_entry(session, entry.placement, new, is_sure, now, today)
    row = HoursEntry(
        placement=entry.placement,
        logged_at=now,
        corrects_id=entry.id,
        state=HoursState.SUBMITTED if waits else HoursState.DRAFT,
        submission_id=entry.submission_id if waits else None,
        is_observed=is_observed,
        **asdict(new),
    )
    if not added(session, row):
        raise changed_meanwhile(session, entry)
    return row


def added(session: Session, row: HoursEntry) -> bool:
    """False when another has the same key, or corrects the same entry."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def changed_meanwhile(session: Session, entry: HoursEntry) -> ChangedMeanwhile:
    """What became of an entry that somebody wanted to correct."""
    latest = latest_version(session, entry)
    if latest.withdrawn_at:
        return ChangedMeanwhile(
            "You withdrew this entry after you had opened this page. Nothing was saved now: send it again to log it as "
            "a new entry.",
            None,
        )
    return ChangedMeanwhile(
        f"You corrected this entry after you had opened this page: it is now {in_words(latest)}. Nothing was saved "
        "now: send it again if this page is right.",
        latest.id,
    )


def in_words(entry: HoursEntry) -> str:
    """1 h of workplace learning on 3 March 2026, “Screened notes.”"""
    what = f"{hours_and_minutes(entry.minutes)} of {entry.category.value}"
    return f"{what} on {day_in_words(entry.worked_on)}, “{entry.did}”"


def check_entry(
    session: Session, placement: Placement, entry: NewEntry, is_sure: bool, now: datetime, today: date
) -> bool:
    """Rules H1 to H5, H7 and H13: refuse what cannot be, ask about what is unlikely; whether it was observed only."""
    placement.check_day(entry.worked_on, today, "worked_on")
    if entry.minutes <= 0:
        raise Refused("The time must be more than 0 minutes.", "other_time")
    if entry.minutes % STEP_MINUTES:
        raise Refused("Round the time to a quarter of an hour: 0, 15, 30 or 45 minutes.", "other_time")
    observed = doubts_about_readiness(session, placement, entry)
    doubts = [*observed, *doubts_about_times(session, placement, entry)]
    logged = logged_minutes(session, placement.learner_id, *week_of(entry.worked_on))
    doubts += doubts_about_repetition(session, placement, entry, now)
    doubts += doubts_about_duration(entry.worked_on, entry.minutes, logged, "minutes")
    doubts += doubts_about_meeting(session, placement, entry)
    doubts += doubts_about_text((entry.did, entry.reflection), today)
    ask_about(doubts, is_sure)
    return bool(observed)


def doubts_about_readiness(session: Session, placement: Placement, entry: NewEntry) -> list[str]:
    """Work in the study needs all in place on its day (H7); where only the log is missing, a learner may observe."""
    if entry.category is not HoursCategory.WORKPLACE:
        return []
    missing = missing_on(needs_of(session, placement), entry.worked_on)
    if set(missing) - {NeedKind.DELEGATION}:
        raise Refused(cannot_work(missing, entry.worked_on), "worked_on")
    return [only_observed(entry.worked_on)] if missing else []


def doubts_about_times(session: Session, placement: Placement, entry: NewEntry) -> list[str]:
    """What lasts longer than from its start to its end, and what overlaps with another entry of hers (H5).

    A break is left out of the time, so that it may be shorter.
    """
    worked = entry.worked
    if worked is None:
        return []
    doubts = []
    if entry.minutes > worked.most_minutes:
        doubts.append(
            f"{times_in_words(worked)} is {hours_and_minutes(worked.most_minutes)}, and you entered "
            f"{hours_and_minutes(entry.minutes)}."
        )
    others = timed_entries_around(session, placement.learner_id, entry.worked_on)
    return doubts + [
        f"{times_in_words(worked)} overlaps with {in_words(other)}." for other in others if overlaps(worked, other)
    ]


def overlaps(worked: Worked, other: HoursEntry) -> bool:
    """An entry without times is of that day, and of no time of it."""
    if other.started is None or other.ended is None:
        return False
    return worked.overlaps(Worked(other.worked_on, other.started, other.ended))


def times_in_words(worked: Worked) -> str:
    return f"From {clock_in_words(worked.started)} to {clock_in_words(worked.ended)}"


def doubts_about_repetition(session: Session, placement: Placement, entry: NewEntry, now: datetime) -> list[str]:
    """The same day, time and words are on the record already, from another form or another tab."""
    same = same_entries(session, placement.learner_id, entry.worked_on, entry.minutes, entry.did)
    return [f"You logged the same {how_long_ago(same[0].logged_at, now)}. It is on the record."] if same else []


def doubts_about_meeting(session: Session, placement: Placement, entry: NewEntry) -> list[str]:
    """A session counts as supervision by itself, so the learner need not log it (H6)."""
    if entry.category is not HoursCategory.SUPERVISION:
        return []
    minutes = sum(meeting.minutes for meeting in sessions_on(session, placement, entry.worked_on))
    if not minutes:
        return []
    return [
        f"Your mentor has logged {hours_and_minutes(minutes)} of supervision on that day, which counts by itself once "
        "you have confirmed it. Log only other supervision here."
    ]


def withdraw_hours(session: Session, learner: Person, entry: HoursEntry, now: datetime) -> None:
    """Take an entry back; it stays as history. Raises Refused when that was done already, Overtaken once verified."""
    hold(session, entry)
    if entry.withdrawn_at:
        raise Refused("You have withdrawn this entry already. It does not count.")
    require_unlocked(entry)
    HOURS.move(session, entry, WITHDRAW, Party.LEARNER, learner, now, minutes=entry.minutes)


def known_entry(session: Session, placement: Placement, entry: NewEntry) -> HoursEntry | None:
    """The entry that this very form has made already; raises SentBefore when it said something else then."""
    known = session.scalar(select(HoursEntry).where(HoursEntry.form_key == entry.form_key))
    if known is None:
        return None
    if known.placement_id != placement.id:
        _refuse_key()
    if entry.says(known) and not known.withdrawn_at:
        return known
    latest = latest_version(session, known)
    if latest.withdrawn_at:
        raise SentBefore(
            f"This form has logged {in_words(known)}, which you have withdrawn. Nothing was saved now.",
            latest.id,
            False,
        )
    raise SentBefore(
        f"This form has logged {in_words(latest)}, and that stands. Nothing was saved now.", latest.id, True
    )


def _refuse_key() -> HoursEntry:
    raise Refused("This form was used before. Open the page again and enter the hours there.")
