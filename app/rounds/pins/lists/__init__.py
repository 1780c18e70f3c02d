"""Lists of agreed pairs from a file: a dry run first, then every pair by the deed of the page."""
