"""How dates, durations, numbers and refusals are worded; knows nothing of what they are about."""
