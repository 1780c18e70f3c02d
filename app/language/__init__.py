"""How dates, durations, numbers, refusals and mails are worded; knows nothing of what they are about."""
