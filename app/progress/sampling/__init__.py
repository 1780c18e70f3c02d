"""A sample of the verified hours of a university, for whoever audits them: by risk, and at random."""
