"""What follows a publication: places that are free again, who comes next for them, and further turns of the round."""
