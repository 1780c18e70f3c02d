"""A dissertation as everybody asks for it: its milestones, and what of it is still open."""
