"""What is measured where: municipalities, rounds, who takes part, and the counts of their answers (Django)."""
