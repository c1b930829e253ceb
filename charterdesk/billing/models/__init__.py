"""What was bought, what is owed, and what was paid."""

from charterdesk.billing.models.ledger import Account, Balance, Booking, Entry

__all__ = ["Account", "Balance", "Booking", "Entry"]
