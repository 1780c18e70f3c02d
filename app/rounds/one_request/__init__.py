"""What one request of a round could be given, without reading the rest of the round."""
