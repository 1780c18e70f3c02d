"""What a mentor says of herself, and when she is away."""
