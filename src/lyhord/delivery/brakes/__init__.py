"""What slows and stops sending, shared by every worker through the database."""
