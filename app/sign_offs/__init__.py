"""Sign-off of placements: attested by the mentor, confirmed by the study team, decided by the university."""
