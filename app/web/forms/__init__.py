"""Forms that several features share."""
