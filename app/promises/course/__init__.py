"""How a placement changes its course: it pauses, ends, or goes on elsewhere, and everybody concerned is told."""
