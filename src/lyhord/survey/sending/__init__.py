"""Invitations out: who is drawn, when and what they are sent (Django)."""
