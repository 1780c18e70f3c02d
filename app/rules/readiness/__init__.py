"""What a placement needs before work in the study starts: when it is due, how long it counts, what is missing."""
