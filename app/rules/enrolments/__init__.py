"""Where a learner stands on her way through a programme, where she can begin one, and who reads what she brings."""
