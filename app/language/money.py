"""Sums of money as they are written and read; kept as whole pence."""

import re

PENCE_A_POUND = 100
_TYPED = re.compile(r"£? ?(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,8})(?:\.(?P<pence>[0-9]{2}))?", re.ASCII)


def pounds(pence: int) -> str:
    """£4,500, £4,500.50"""
    whole, rest = divmod(pence, PENCE_A_POUND)
    return f"£{whole:,}.{rest:02}" if rest else f"£{whole:,}"


def pence_in(typed: str) -> int:
    """The pence of 4500, £4,500 or 4500.50; raises ValueError."""
    found = _TYPED.fullmatch(typed.strip())
    if not found:
        raise ValueError("not a sum of money")
    return int(found["pounds"].replace(",", "")) * PENCE_A_POUND + int(found["pence"] or 0)
