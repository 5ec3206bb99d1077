"""The one family of errors that the room of accounts raises."""

from __future__ import annotations


class AccountError(Exception):
    """An account, organisation or membership cannot be as asked; the message names what and the remedy."""


class ScopeError(AccountError):
    """Records of an organisation were asked for or written outside its scope. Always a fault in the code."""


class AuditError(AccountError):
    """Something tried to change or remove what was written down."""
