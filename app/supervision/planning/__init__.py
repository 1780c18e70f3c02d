"""Sessions that are planned: when, how and what about, until they are recorded or cancelled."""
