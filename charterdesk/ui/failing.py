"""What is answered where a page broke, what was sent can't be taken, or no page is; also while the database is away."""

import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

AGAIN_AFTER = 10
"""Seconds: about as long as the desk needs to start again."""


def failed(_request: HttpRequest) -> HttpResponse:
    """A 503 while the database can't be asked, else a 500. No statement: there may be nobody to answer it."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(AGAIN_AFTER)})
    return HttpResponse(render_to_string("500.html"), status=500)


def not_taken(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """A 413 for a form with more text than the desk reads at a time, else a 400."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return HttpResponse(render_to_string(f"{status}.html"), status=status)


class NotAllowedMiddleware:
    """Shows a page where only forms are taken: who loads one anew, or types its address, would see a blank one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`; a 405 for a reader, which says nothing by itself, with words."""
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.streaming or response.content:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page
