"""What is answered where a page broke: our fault, or a database that is away for a moment."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

AGAIN_AFTER = 10
"""Seconds: about as long as the desk needs to start again."""


def failed(_request: HttpRequest) -> HttpResponse:
    """A 503 while the database can't be asked, else a 500. No statement: there may be nobody to answer it."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(AGAIN_AFTER)})
    return HttpResponse(render_to_string("500.html"), status=500)
