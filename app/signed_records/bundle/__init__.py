"""The file itself: what it consists of, who signs it, and how it is checked; knows neither database nor web."""
