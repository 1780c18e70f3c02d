"""What becomes of a swap that two learners want, also when one of the places is no longer what it was."""
