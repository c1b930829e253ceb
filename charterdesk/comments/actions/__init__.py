"""Every write to comments."""

from charterdesk.comments.actions import correcting, erasure, joining, moderating, reporting, terms, voting, writing

__all__ = ["correcting", "erasure", "joining", "moderating", "reporting", "terms", "voting", "writing"]
