"""What a network reports: how people new to research were mentored and supported in a period."""
