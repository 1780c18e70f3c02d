"""The public start page and each person's list of what needs doing now."""
