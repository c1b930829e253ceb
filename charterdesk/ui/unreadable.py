"""What no form and no address of ours can mean is turned away before any view reads it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.template.loader import render_to_string

NUL = "\0"
"""The one character that PostgreSQL keeps in no text."""
FOR_PROGRAMS = "/api/"


class UnreadableMiddleware:
    """Answers a NUL in an address or a form with a 400, so that no view has to think of it.

    It stands after the guard against forged forms, which has read the form already: looking costs next to nothing.
    What is sent to programs (marked csrf_exempt) is their own to check: it need not be a form. So are the addresses of
    the API, which answers with a problem that a program can read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request` if its address can be meant."""
        is_ours = not request.path_info.startswith(FOR_PROGRAMS)
        if is_ours and (NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", "")):
            return _refusal()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Go on if the form can be meant."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False) or not _holds_nul(request.POST):
            return None
        return _refusal()


def _holds_nul(sent: QueryDict) -> bool:
    return any(NUL in value for _name, values in sent.lists() for value in values)


def _refusal() -> HttpResponse:
    return HttpResponseBadRequest(render_to_string("ui/unreadable.html"))
