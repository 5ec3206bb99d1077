"""The ways out of the house, one module each; all are a ``Gateway``."""
