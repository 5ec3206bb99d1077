"""Who may do what: people, organisations, roles, the scope of one organisation, and what was done (Django)."""
