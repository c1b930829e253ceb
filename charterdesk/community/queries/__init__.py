"""Reading the community."""

from charterdesk.community.queries import hearing, moderation, talk

__all__ = ["hearing", "moderation", "talk"]
