"""The whole life of a round, played by a state machine: `python -m tests.life --steps 10000`."""
