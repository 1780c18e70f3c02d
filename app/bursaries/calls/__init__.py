"""Calls for bursaries: written, published, extended and cancelled by whoever runs them."""
