"""The rules: from counts of graded answers to figures, intervals, comparisons and judging sentences."""
