"""What was answered in a year, published once: by level and university, over the years, and in moderated words."""
