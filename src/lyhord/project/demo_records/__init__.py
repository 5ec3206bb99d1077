"""The demonstration's records: a finished national round, an open one with invented people in it, and who signs in."""
