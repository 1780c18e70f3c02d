"""Pairs that coordinators fix before a run or keep apart, and what they undo of that again."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from app.models.pairs.conflicts import Conflict
from app.models.runs import Pin
from tests.app.studies.filling_in import day as typed_day
from tests.life.part import Part
from tests.life.people import which


class Pairs(Part):
    """Rules for a machine with a `world`; what is refused changes nothing."""

    @rule(n=which, m=which)
    def coordinator_pins_a_pair(self, n, m):
        data = {"opening_id": str(self.world.opening_ids[m]), "kind": "agreed before the round", "reason": "Agreed."}
        self.of_round(f"requests/{self.world.request_ids[n]}/pin", **data)

    @rule(n=which)
    def coordinator_lifts_a_pin(self, n):
        with self.world.rows() as session:
            hers = (Pin.request_id == self.world.request_ids[n], Pin.lifted_at.is_(None))
            pin_id = session.scalar(select(Pin.id).where(*hers))
        if pin_id:
            self.of_round(f"pins/{pin_id}/lift")

    @rule(n=which, m=which, is_sure=st.booleans())
    def coordinator_keeps_a_pair_apart(self, n, m, is_sure):
        data = {"mentor_id": str(self.world.mentor_ids[m]), "kind": "line manager", "reason": "One team."}
        data |= {"is_sure": "y"} if is_sure else {}
        self.of_round(f"requests/{self.world.request_ids[n]}/conflict", **data)

    @rule()
    def coordinator_makes_an_exception(self):
        with self.world.rows() as session:
            conflict_id = session.scalar(select(Conflict.id).where(Conflict.excepted_at.is_(None)).limit(1))
        if conflict_id:
            data = {**typed_day("agreed_on", self.world.today), "reason": "The only one in reach."}
            self.of_round(f"conflicts/{conflict_id}/exception", **data)

    def of_round(self, path, **data):
        return self.world.send(self.world.coordinator_id, f"/rounds/{self.world.round_id}/{path}", **data)
