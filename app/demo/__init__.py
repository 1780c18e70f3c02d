"""The fictitious demo world as plain values made from a seed: networks, people, studies and openings."""
