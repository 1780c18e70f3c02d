"""The deed that turns a run's proposals into offers."""
