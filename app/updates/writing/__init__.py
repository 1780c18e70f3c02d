"""Updates are written, looked at as their readers get them, and sent or discarded."""
