"""Three-way problems, where branch and bound closes the gap that cuts leave."""
