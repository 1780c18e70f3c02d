"""People and roles, outgoing mail and the audit trail."""
