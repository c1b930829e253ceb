"""Reading the help centre."""

from charterdesk.knowledge.queries import drafts, figures, shelves

__all__ = ["drafts", "figures", "shelves"]
