"""What was bought, what is owed, and what was paid."""

from charterdesk.billing.models.contracts import Contract, Use
from charterdesk.billing.models.ledger import Account, Balance, Booking, Entry
from charterdesk.billing.models.offers import HOUR, INCIDENT, PER, TERMS, Offer, Terms, Tier
from charterdesk.billing.models.orders import Order, OrderLine, OrderNamed, OrderSource
from charterdesk.billing.models.time_entries import TimeEntry
from charterdesk.billing.models.verdicts import Contest, Reason, Verdict

__all__ = [
    "HOUR",
    "INCIDENT",
    "PER",
    "TERMS",
    "Account",
    "Balance",
    "Booking",
    "Contest",
    "Contract",
    "Entry",
    "Offer",
    "Order",
    "OrderLine",
    "OrderNamed",
    "OrderSource",
    "Reason",
    "Terms",
    "Tier",
    "TimeEntry",
    "Use",
    "Verdict",
]
