"""What a coordinator sees of the placements in her networks, and what she does where one cannot stay as it is."""
