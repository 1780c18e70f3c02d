"""How the requests, mentors and studies of a round are named in its problem, and how these names are read back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keys:
    """The names of one kind of row: a letter and the row's id."""

    letter: str

    def encode(self, id_: int) -> str:
        return f"{self.letter}{id_}"

    def decode(self, key: str) -> int:
        """The id in a name; raises ValueError for a name that `encode` does not write."""
        digits = key.removeprefix(self.letter)
        if not digits.isdecimal() or self.encode(int(digits)) != key:
            raise ValueError(f"{key!r} is not {self.letter} and an id.")
        return int(digits)


LEARNERS, MENTORS, STUDIES = Keys("R"), Keys("M"), Keys("S")
