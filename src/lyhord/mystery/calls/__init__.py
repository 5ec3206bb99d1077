"""The interviewer's calls: the day's list, one timer button, grading as it is typed, also without a line."""
