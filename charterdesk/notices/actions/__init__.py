"""Every write of notices; imported here, so that operations among them are known wherever one is performed."""

from charterdesk.notices.actions import announcements, choosing, ending, following, sending, status

__all__ = ["announcements", "choosing", "ending", "following", "sending", "status"]
