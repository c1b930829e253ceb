"""The short way in: a program with a token needs no session, no cookie, no page's language and no messages."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import translation

from charterdesk.api.bearer import bearer_of

HERE = "/api/v1/"


class ApiMiddleware:
    """Answers requests that carry a token, before everything that pages need; all others go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer `request`, in the language it asks for."""
        if not request.path_info.startswith(HERE) or not bearer_of(request):
            return self.get_response(request)
        found = resolve(request.path_info)
        request.resolver_match = found
        language = translation.get_language_from_request(request) if "HTTP_ACCEPT_LANGUAGE" in request.META else "en"
        with translation.override(language):
            answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
            return answer
