"""Runs the web server, and beside it a worker for jobs."""
