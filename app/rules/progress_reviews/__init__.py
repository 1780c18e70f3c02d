"""Progress reviews as rules that several features ask: when each is due, what is signed, which numbers it shows."""
