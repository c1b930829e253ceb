"""The token that a request came with; apart from the rest, so that other requests load nothing of the API."""

from django.http import HttpRequest

BEARER = "bearer "


def bearer_of(request: HttpRequest) -> str:
    """The token a request came with, "" for none."""
    given: str = request.META.get("HTTP_AUTHORIZATION", "")
    return given[len(BEARER) :].strip() if given[: len(BEARER)].lower() == BEARER else ""
