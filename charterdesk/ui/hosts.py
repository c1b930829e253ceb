"""The hosts of brands are the desk's as well, though nobody named them in the settings."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host

from charterdesk.people.branding import is_brand_host


class BrandHostMiddleware:
    """Lets a request for the host of a published brand in. One query, for hosts that the settings do not name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`; for a host that nobody knows Django refuses it later, as ever."""
        given = request.META.get("HTTP_HOST", "")
        host, _port = split_domain_port(given)
        if host and not validate_host(host, settings.ALLOWED_HOSTS) and is_brand_host(host):
            request.get_host = lambda: given  # type: ignore[method-assign]
        return self.get_response(request)
