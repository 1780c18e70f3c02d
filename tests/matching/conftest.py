"""Hypothesis profiles: quick by default, HYPOTHESIS_PROFILE=thorough for thousands of examples."""

import os

from hypothesis import HealthCheck, settings

for name, examples in (("quick", 60), ("thorough", 3000)):
    slow = [HealthCheck.too_slow]
    settings.register_profile(name, max_examples=examples, deadline=None, suppress_health_check=slow)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
