"""What a coordinator does with a nomination: checks it, and lets it count or not."""
