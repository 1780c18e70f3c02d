"""Bursaries: a limited number by call, applied for, decided by scores or lottery, held, handed back, accounted for."""
