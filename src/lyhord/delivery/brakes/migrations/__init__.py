"""The history of the delivery records."""
