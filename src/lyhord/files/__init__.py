"""Answer files in, checked rows and counts out; every bad row named with its remedy."""
