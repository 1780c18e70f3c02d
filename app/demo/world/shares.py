"""Divides a number by shares without losing anybody."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def divide(total: int, shares: Mapping[Key, int], at_least_one: bool = False) -> list[Key]:
    """Each key as often as its share of `total`: largest remainders, so the list has `total` entries, in key order.

    `at_least_one` gives every key one first, where `total` allows.
    """
    first = 1 if at_least_one and total >= len(shares) else 0
    whole = sum(shares.values())
    ideal = {key: total * share / whole for key, share in shares.items()}
    counts = {key: max(first, int(amount)) for key, amount in ideal.items()}
    by_need = sorted(shares, key=lambda key: ideal[key] - counts[key], reverse=True)
    while sum(counts.values()) > total:
        richest = max(shares, key=lambda key: counts[key] - ideal[key] if counts[key] > first else -total)
        counts[richest] -= 1
    for key in by_need[: total - sum(counts.values())]:
        counts[key] += 1
    return [key for key, count in counts.items() for _ in range(count)]
