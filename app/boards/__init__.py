"""Boards of a university prepare, decide and freeze lists of credit; a learner reads what was decided about hers."""
