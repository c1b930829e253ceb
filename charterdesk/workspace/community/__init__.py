"""The community for staff: what waits, what nobody answered, and the forums themselves."""

from charterdesk.workspace.community import crossing, forums, lists, topics

__all__ = ["crossing", "forums", "lists", "topics"]
