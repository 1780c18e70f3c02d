"""Registration numbers that have the right form and that nobody holds: they all begin with zeros."""

from collections import Counter

from app.models.values.registration import ASSOCIATES, HCPC_PREFIXES, Profession, Regulator


class Register:
    """Hands out the next invented number of each regulator."""

    def __init__(self) -> None:
        self._last: Counter[Regulator] = Counter()

    def next_number(self, profession: Profession) -> tuple[Regulator, str]:
        """The profession's usual regulator and a number that is well formed there; the profession must be regulated."""
        regulator = profession.regulators[0]
        self._last[regulator] += 1
        return regulator, _written(profession, regulator, self._last[regulator])


def _written(profession: Profession, regulator: Regulator, number: int) -> str:
    if regulator is Regulator.NMC:
        return f"00X{number:04d}D"
    if regulator is Regulator.HCPC:
        return f"{HCPC_PREFIXES[profession]}{number:06d}"
    if regulator is Regulator.GMC:
        return f"{'A' if profession in ASSOCIATES else ''}{number:07d}"
    if regulator is Regulator.GOC:
        return f"00-{number:05d}"
    return f"SW{number:06d}" if regulator is Regulator.SWE else f"{number:0{7 if regulator is Regulator.GPHC else 6}d}"
