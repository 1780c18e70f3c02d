"""What a placement needs before work in the study starts: entered, checked, excepted, and reminded of in time."""
