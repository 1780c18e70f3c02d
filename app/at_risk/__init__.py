"""One list of who is at risk and why, for lead, supervisor and coordinator; a reason can be put aside until a day."""
