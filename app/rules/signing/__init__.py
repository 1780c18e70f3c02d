"""Which signatures stand under a record, asked in one way for everything that people sign."""
