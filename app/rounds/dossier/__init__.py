"""The dossier of a published round: everything that somebody needs to check it, and nobody's name."""
