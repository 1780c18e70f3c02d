"""The board of a programme lead: where everybody of each cohort is, and how much they work from week to week."""
