"""Learners of a university with a placement, sessions and hours."""

from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.supervision import SessionForm, SupervisionSession


def placed(build, name, starts_on, provider=None):
    """A placement of a learner with this name; at another university unless one is given."""
    placement = build.placement(build.learner(name=name), starts_on=starts_on)
    if provider:
        placement.module.programme.provider = provider
    return placement


def confirmed_session(build, placement, day):
    return build.add(
        SupervisionSession(
            placement=placement,
            held_on=day,
            minutes=60,
            form=SessionForm.VIDEO,
            topics="About consent.",
            logged_by_id=placement.mentor_id,
            logged_at=build.now,
            confirmed_at=build.now,
            form_key=f"{placement.id} {day}",
        )
    )


def workplace_hours(build, placement, day, minutes):
    return build.add(
        HoursEntry(
            placement=placement,
            state=HoursState.SUBMITTED,
            worked_on=day,
            category=HoursCategory.WORKPLACE,
            minutes=minutes,
            did="Screening.",
            logged_at=build.now,
            form_key=f"{placement.id} {day} {minutes}",
        )
    )
