"""The programmes of universities: versions, cohorts, their file, and what everybody can read of them."""
