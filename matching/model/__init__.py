"""What a problem is inside the solver: pairs as columns, components, faces, goals and objective stages."""
