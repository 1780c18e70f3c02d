"""A person's dates for her own calendar, at a secret address that she can renew or switch off."""
