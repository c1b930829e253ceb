"""The community as customers see it: forums, topics, answers, and who takes part."""

from charterdesk.portal.community import deeds, feeds, me, reading, writing

__all__ = ["deeds", "feeds", "me", "reading", "writing"]
