"""What each part of the machine finds in the whole: its world, and what it has seen so far."""

from typing import Any


class Part:
    """A set of rules or invariants for a machine of hypothesis; the parts are joined by inheriting from several."""

    world: Any
    played: Any
    kept: Any
    numbers: Any
    held: Any
    yes_to: Any
    seen: Any
    last_line: int
    is_published: Any
    coordinator_runs_and_publishes: Any

    @property
    def round_address(self) -> str:
        return f"/rounds/{self.world.round_id}"

    def free_places(self) -> Any:
        """The page of free places; None before the round is published."""
        raise NotImplementedError
