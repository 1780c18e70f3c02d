"""What travels to a browser besides the pages themselves, and how little of it travels twice."""
