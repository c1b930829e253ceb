"""The pages as a bench serves them: without the portal's limit of requests per visitor."""

from charterdesk.portal import spam
from charterdesk.wsgi import application

spam.PER_HOUR = 10**9

__all__ = ["application"]
