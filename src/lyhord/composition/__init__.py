"""Composing reports: from counts and an instrument to one frozen Report value."""
