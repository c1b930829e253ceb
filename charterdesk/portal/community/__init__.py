"""The community as customers see it: forums, topics, answers, and who takes part."""

from charterdesk.portal.community import deeds, feeds, me, proposing, reading, writing

__all__ = ["deeds", "feeds", "me", "proposing", "reading", "writing"]
