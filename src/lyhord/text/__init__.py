"""Reading Swedish free text: redaction, themes and tone."""
