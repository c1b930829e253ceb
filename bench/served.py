"""The desk as a bench serves it: without the limits of requests per visitor and per program."""

from django.conf import settings

from charterdesk.portal import spam
from charterdesk.wsgi import application

spam.PER_HOUR = settings.API_RATE = 10**9

__all__ = ["application"]
