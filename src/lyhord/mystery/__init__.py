"""The mystery measurement: its plan, its calls and letters, their grading and approval."""
