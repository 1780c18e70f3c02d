"""What a university decides about credit, one learner at a time or many together, and whom it tells."""
