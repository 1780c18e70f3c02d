"""Which mails cannot wait, and which are said by a person's digest instead."""
