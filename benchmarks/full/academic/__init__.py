"""Rows of what a university decides beside the record: bursaries."""
