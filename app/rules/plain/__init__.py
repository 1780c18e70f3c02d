"""Openings as plain values, for pages that count thousands of them and show twenty."""
