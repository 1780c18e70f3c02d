"""Who and what the demo is about: data files, each beside the module that reads it."""
