"""Answers in: the respondent's pages, and how an answer loses every tie to the person who gave it (Django)."""
