"""Two learners of a round swap their places: they find each other by a code, both agree, and a coordinator decides."""
