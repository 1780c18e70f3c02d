"""The fictitious demo world as plain values, made from what is written and a seed."""
