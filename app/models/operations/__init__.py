"""What the service keeps to do its own work: audit trail, outgoing mail, registry files, forms that were sent, jobs."""
