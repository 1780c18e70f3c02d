"""What was promised to somebody, and what becomes of it when something that it rests on changes."""
