"""A session is confirmed or questioned by the link of a mail, without an account."""
