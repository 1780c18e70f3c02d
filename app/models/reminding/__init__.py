"""How each person is reminded: when a digest comes, what is put off, and the address of her calendar."""

from app.models.reminding import calendar_addresses, digests, put_off

__all__ = ["calendar_addresses", "digests", "put_off"]
