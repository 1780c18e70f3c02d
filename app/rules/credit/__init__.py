"""Credit as everybody asks for it: what counts, what a decision needs, what was missing, and who has a conflict."""
