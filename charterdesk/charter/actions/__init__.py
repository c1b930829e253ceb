"""Every write to the charter, its cases, figures and remedies."""

from charterdesk.charter.actions import cases, erasure, exclusions, remedies

__all__ = ["cases", "erasure", "exclusions", "remedies"]
