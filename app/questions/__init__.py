"""Anybody asks, an editor answers, and everybody reads the answer without a name beside it."""
