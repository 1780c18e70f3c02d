"""A mentor meets several learners at once: planned and written down once, confirmed by each of them for herself."""
