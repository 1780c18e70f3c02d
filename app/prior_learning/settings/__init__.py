"""What a university says of prior learning at each level, set by its programme leads, with every change kept."""
