"""Groups of learners: those with which a study or mentor starts, and those too small to be told apart in numbers."""
