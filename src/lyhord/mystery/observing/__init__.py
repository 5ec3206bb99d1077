"""What was observed at each probe, as it was graded; the first grading, a blind second one, and what was settled."""
