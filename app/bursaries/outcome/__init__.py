"""How a call is decided, and what becomes of its bursaries: offered, taken, declined, lapsed, handed back."""
