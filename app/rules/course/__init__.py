"""How placements run: what puts one at risk, and where it can go on."""
