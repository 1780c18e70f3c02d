"""Who may have a bursary, in which order applications come, and how many can be offered; judged without a page."""
