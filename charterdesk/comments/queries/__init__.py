"""Reading comments."""

from charterdesk.comments.queries import hearing, reading

__all__ = ["hearing", "reading"]
