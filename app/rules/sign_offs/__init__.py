"""The sign-off of a placement as everybody asks for it: the record that is signed, what is missing, and what stands."""
