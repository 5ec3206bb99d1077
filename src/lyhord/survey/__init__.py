"""The citizen survey: contacts in, invitations out, answers taken (Django)."""
