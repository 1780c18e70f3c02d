"""What can become of a sign-off, and what ends one when the record under it changes."""
