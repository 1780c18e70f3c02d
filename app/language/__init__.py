"""How dates, durations and refusals are worded; knows nothing of what they are about."""
