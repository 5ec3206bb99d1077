"""From single observations to approved figures: second gradings, what municipalities say, rows, counts and editions."""
