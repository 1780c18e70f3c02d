"""Mentors of the demo who leave: the placements of one go on elsewhere, those of the other wait for a coordinator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.playing.days import acting, as_done_by
from app.models.course.changes_asked import AskedKind
from app.models.course.next_places import NextPlace
from app.models.people import Person
from app.models.placements import Cause, Placement
from app.oversight.proposing import Proposed, proposals_for
from app.oversight.service import move_on
from app.placements.changes.service import accept_next_place, ask_for_change
from app.promises.course.asking import Wish
from app.promises.course.going_on import Onward

WHY = "I move to another hospital. Thank you for the time together."
REASON = "Your mentor moves to another hospital."
ANSWER_WITHIN = timedelta(days=5)


@dataclass
class Leaving:
    """Looks for mentors whose placements can go on elsewhere, as `coordinator` would see it.

    Those in `staying` do not leave; those in `successors` only where nobody else can.
    """

    app: Flask
    coordinator: Person
    staying: frozenset[int]
    successors: frozenset[int] = frozenset()

    def say(self, day: date, from_on: date) -> list[Placement]:
        """Let the mentor with the most placements that can all go on elsewhere say that she leaves; return those."""
        with acting(self.app, day) as (session, occasion):
            chosen = next((ones for ones in self.by_mentor(session, day) if self.can_go_on(session, ones, from_on)), [])
            wish = Wish(AskedKind.MENTOR_LEAVES, from_on, None, WHY)
            for placement in chosen:
                mentor = placement.mentor
                ask_for_change(session, mentor, placement, wish, True, as_done_by(occasion, mentor))
        return chosen

    def by_mentor(self, session: Session, day: date) -> list[list[Placement]]:
        """The placements that run, by mentor: the most first, and last those of successors."""
        found: dict[int, list[Placement]] = {}
        running = select(Placement).where(Placement.is_current_on(day), Placement.starts_on <= day)
        for placement in session.scalars(running.order_by(Placement.id)):
            if placement.mentor_id not in self.staying:
                found.setdefault(placement.mentor_id, []).append(placement)
        return sorted(found.values(), key=lambda ones: (ones[0].mentor_id in self.successors, -len(ones)))

    def can_go_on(self, session: Session, placements: Sequence[Placement], from_on: date) -> bool:
        return len(self.proposals(session, placements, from_on)) == len(placements)

    def proposals(self, session: Session, placements: Sequence[Placement], from_on: date) -> dict[int, Proposed]:
        """What the page of rescue proposes, without the mentor who leaves."""
        leaver, first_days = placements[0].mentor_id, {one.id: from_on for one in placements}
        return proposals_for(session, self.coordinator, placements, first_days, from_on, but_of=leaver)

    def place_again(self, placements: Sequence[Placement], day: date, from_on: date) -> list[Placement]:
        """Take what is proposed; whoever is asked says yes on the next day. What goes on is returned."""
        if not placements:
            return []
        with acting(self.app, day, self.coordinator) as (session, occasion):
            made = [
                move_on(session, one.placement, onward(one), day + ANSWER_WITHIN, True, occasion)
                for one in self.proposals(session, placements, from_on).values()
            ]
        with acting(self.app, day + timedelta(days=1)) as (session, occasion):
            return [
                accept_next_place(session, one.placement.learner, one, as_done_by(occasion, one.placement.learner))
                if isinstance(one, NextPlace)
                else one
                for one in made
            ]


def onward(one: Proposed) -> Onward:
    return Onward(one.opening, one.first_day, one.opening.ends_on, Cause.MENTOR_LEAVES, REASON)
