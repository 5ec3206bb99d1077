"""Contacts in: what a municipality hands over, sifted, sealed, and recalled where it was wrong (Django)."""
