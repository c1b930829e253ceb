"""Every write of billing. What surfaces and packages above call is named here, but for what is named by its module."""

from charterdesk.billing.actions import contracts, erasure
from charterdesk.billing.queries import charges

__all__ = ["charges", "contracts", "erasure"]
