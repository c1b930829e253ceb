"""The desk as a bench serves it: without the limits of requests per visitor and per program."""

import gc

from django.conf import settings

from charterdesk.portal import spam
from charterdesk.wsgi import application

gc.collect()
gc.freeze()  # as `charterdesk web` does
spam.PER_HOUR = settings.API_RATE = 10**9

__all__ = ["application"]
