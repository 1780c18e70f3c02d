"""The mail that lists what waits for a person, on the days that she has chosen."""
