"""Which days count: rules of the calendar that several features ask."""
