"""Programmes as everybody asks for them: what a version says, every way through it, its file, and who is on which."""
