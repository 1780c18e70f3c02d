"""How each level is evaluated: people are asked when it is time, and what they said is published without names."""
