"""Deeds of signing: who signs what when, and which moves of a record void signatures under it."""
