"""The counts that survey, mystery and comments add to, and that every figure is made from (Django)."""
