"""What carries every deed: the transaction, the clock, the audit trail, jobs and outgoing mail."""
