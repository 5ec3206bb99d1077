"""What came back by e-mail: read, divided, classified and matched, always as a suggestion to a person."""
