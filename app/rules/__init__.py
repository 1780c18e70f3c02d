"""What several features share and none owns: eligibility, capacity, fit, totals of the record, search."""
