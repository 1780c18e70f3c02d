"""Secrets of addresses that are signed facts: they are kept nowhere, and nobody can make one."""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer


def signed(purpose: str, *facts: int) -> str:
    """The secret that says these facts, for one purpose; the same each time."""
    return str(signer(purpose).dumps(list(facts)))


def facts_in(purpose: str, secret: str) -> list[int]:
    """The facts of a secret that was made here for this purpose; none of any other."""
    try:
        return list(signer(purpose).loads(secret))
    except BadData:
        return []


def signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=purpose)
