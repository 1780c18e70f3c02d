"""The set of capabilities that a programme asks for, as its lead edits it."""
