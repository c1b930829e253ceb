"""The community for staff: what waits, what nobody answered, and the forums themselves."""

from charterdesk.workspace.community import comments, crossing, forums, lists, proposals, topics

__all__ = ["comments", "crossing", "forums", "lists", "proposals", "topics"]
