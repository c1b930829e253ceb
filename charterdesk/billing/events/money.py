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
