"""What was bought, what is owed, and what was paid."""

from charterdesk.billing.models.cards import CardProvider
from charterdesk.billing.models.contracts import Contract, Use
from charterdesk.billing.models.credits import Credit
from charterdesk.billing.models.invoices import Billed, BillTo, Dispute, Invoice, InvoiceLine, TaxRate, TaxRateVersion
from charterdesk.billing.models.ledger import Account, Balance, Booking, Entry
from charterdesk.billing.models.offers import HOUR, INCIDENT, PER, TERMS, Favour, Offer, Terms, Tier
from charterdesk.billing.models.orders import Order, OrderLine, OrderNamed, OrderSource
from charterdesk.billing.models.payments import Allocation, Payment
from charterdesk.billing.models.refunds import Approval, Refund
from charterdesk.billing.models.reminders import ReminderPause, ReminderStep
from charterdesk.billing.models.seller import NumberRun, RefundLimit, Seller
from charterdesk.billing.models.time_entries import TimeEntry
from charterdesk.billing.models.verdicts import Contest, Reason, Verdict

__all__ = [
    "HOUR",
    "INCIDENT",
    "PER",
    "TERMS",
    "Account",
    "Allocation",
    "Approval",
    "Balance",
    "BillTo",
    "Billed",
    "Booking",
    "CardProvider",
    "Contest",
    "Contract",
    "Credit",
    "Dispute",
    "Entry",
    "Favour",
    "Invoice",
    "InvoiceLine",
    "NumberRun",
    "Offer",
    "Order",
    "OrderLine",
    "OrderNamed",
    "OrderSource",
    "Payment",
    "Reason",
    "Refund",
    "RefundLimit",
    "ReminderPause",
    "ReminderStep",
    "Seller",
    "TaxRate",
    "TaxRateVersion",
    "Terms",
    "Tier",
    "TimeEntry",
    "Use",
    "Verdict",
]
