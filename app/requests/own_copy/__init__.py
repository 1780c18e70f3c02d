"""A learner’s own copy, to print and to download: of a request, and of all that is kept about her."""
