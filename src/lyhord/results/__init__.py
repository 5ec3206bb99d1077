"""Live figures of rounds, from counts alone."""
