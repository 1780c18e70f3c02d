"""Where a learner stands on her way through a programme, and what she needs to begin one."""
