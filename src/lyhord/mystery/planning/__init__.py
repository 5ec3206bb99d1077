"""The plan of a mystery round: which question goes where, when, by whom and under which name."""
