"""What happened to money: ids only; how much, and why, stands in the rows they name."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class CreditGranted(Event):
    """A customer has credit, which the next invoice uses up."""

    credit_id: int
    account_id: int


@dataclass(frozen=True, kw_only=True)
class CreditRevoked(Event):
    """What was left of a credit was taken back: it was given in error."""

    credit_id: int
    account_id: int


@dataclass(frozen=True, kw_only=True)
class RefundEvent(Event):
    """Something about money going back."""

    refund_id: int
    account_id: int


@dataclass(frozen=True, kw_only=True)
class RefundRequested(RefundEvent):
    """Somebody asks for money to go back to a customer; it waits for approval."""


@dataclass(frozen=True, kw_only=True)
class RefundSigned(RefundEvent):
    """One of the two people it takes said yes."""

    agent_id: int


@dataclass(frozen=True, kw_only=True)
class RefundApproved(RefundEvent):
    """It is to be paid out."""


@dataclass(frozen=True, kw_only=True)
class RefundRefused(RefundEvent):
    """It is not; the refund says why."""


@dataclass(frozen=True, kw_only=True)
class RefundPaid(RefundEvent):
    """The money has gone back."""


@dataclass(frozen=True, kw_only=True)
class RefundFailed(RefundEvent):
    """Paying it out did not work; the refund says why."""


@dataclass(frozen=True, kw_only=True)
class InvoiceEvent(Event):
    """Something about an invoice or a credit note."""

    invoice_id: int
    account_id: int


@dataclass(frozen=True, kw_only=True)
class InvoiceDrafted(InvoiceEvent):
    """A draft was begun."""


@dataclass(frozen=True, kw_only=True)
class InvoiceLineRemoved(InvoiceEvent):
    """A line was taken off a draft; what it charged for can be charged again."""

    line_id: int


@dataclass(frozen=True, kw_only=True)
class InvoiceDiscarded(InvoiceEvent):
    """A draft was thrown away; what it charged for can be charged again."""


@dataclass(frozen=True, kw_only=True)
class BillToChanged(Event):
    """Invoices of an account say something else of their receiver from now on, in these fields."""

    account_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class InvoiceIssued(InvoiceEvent):
    """It has a number and is owed."""


@dataclass(frozen=True, kw_only=True)
class CreditNoteIssued(InvoiceEvent):
    """A credit note takes back (a part of) `counters_id`."""

    counters_id: int


@dataclass(frozen=True, kw_only=True)
class InvoicePaid(InvoiceEvent):
    """Nothing of it is open any more."""


@dataclass(frozen=True, kw_only=True)
class InvoiceReminded(InvoiceEvent):
    """It is late, and its customer is to be reminded for the `number`th time."""

    number: int


@dataclass(frozen=True, kw_only=True)
class RemindersPaused(InvoiceEvent):
    """Nobody is reminded of it for a while."""


@dataclass(frozen=True, kw_only=True)
class RemindersResumed(InvoiceEvent):
    """They are reminded again."""


@dataclass(frozen=True, kw_only=True)
class ReminderStepSaved(Event):
    """A reminder was added or written anew."""

    step_id: int
    days: int


@dataclass(frozen=True, kw_only=True)
class ReminderStepRemoved(Event):
    """A reminder is sent no more."""

    step_id: int
    days: int


@dataclass(frozen=True, kw_only=True)
class InvoiceDisputed(InvoiceEvent):
    """Its customer says that it is wrong; reminders rest."""

    dispute_id: int


@dataclass(frozen=True, kw_only=True)
class DisputeSettled(InvoiceEvent):
    """They were answered; reminders go on."""

    dispute_id: int


@dataclass(frozen=True, kw_only=True)
class PaymentRecorded(Event):
    """Money came in."""

    payment_id: int
    account_id: int


@dataclass(frozen=True, kw_only=True)
class PaymentCountered(Event):
    """It was recorded in error, or went back where it came from."""

    payment_id: int
    account_id: int


@dataclass(frozen=True, kw_only=True)
class SellerSaved(Event):
    """Who we are on invoices, or the terms of payment, changed; `fields` are the names of what did."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class TaxRateSaved(Event):
    """A rate of tax was added or changed."""

    rate_id: int


@dataclass(frozen=True, kw_only=True)
class InvoiceSendingAsked(InvoiceEvent):
    """Somebody wants it mailed once more."""


@dataclass(frozen=True, kw_only=True)
class CardProviderSaved(Event):
    """Customers may pay by card from now on, or no more."""

    is_active: bool
