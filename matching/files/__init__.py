"""Problems and solutions as JSON files, their digest and their seal."""
