"""The questions of a placement request: about you, module, interests, where and when, exclusions."""
