"""Gives out invented names and email addresses that nobody can have."""

import unicodedata
from collections import Counter
from random import Random

from app.demo.content.names import name_groups

_ATTEMPTS = 60
_SINGLE_ATTEMPTS = 20


class NameBook:
    """Gives out names and email addresses, no address twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: Counter[str] = Counter()

    def name(self) -> str:
        """A given and a family name of one group, not yet taken; when many are, the family name may be double."""
        for attempt in range(_ATTEMPTS):
            group = self._random.choices(name_groups(), weights=[group.share for group in name_groups()])[0]
            families = self._random.sample(group.family, 1 if attempt < _SINGLE_ATTEMPTS else 2)
            name = f"{self._random.choice(group.given)} {'-'.join(families)}"
            if name not in self._taken:
                break
        self._taken[name] += 1
        return name

    def email(self, name: str, place: str) -> str:
        """An address under `place`.example, which by RFC 2606 can never be anybody's."""
        plain = unicodedata.normalize("NFKD", name.lower().replace(" ", ".")).encode("ascii", "ignore").decode()
        number = self._taken[name]
        return f"{plain}{number if number > 1 else ''}@{place}.example"
