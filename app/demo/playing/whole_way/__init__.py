"""Plays a whole way in the demo: three universities, 180 credits, and the dissertation at the end."""
