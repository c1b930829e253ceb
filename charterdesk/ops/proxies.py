"""Behind reverse proxies: who is calling really, believing only the proxies the operator named."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


class ProxyMiddleware:
    """Puts the caller's own address into `REMOTE_ADDR`, and believes the scheme, as the last `PROXIES` proxies say.

    Each proxy appends whom it heard from to `X-Forwarded-For`; what stands further left is the caller's word.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PROXIES:
            request.META["REMOTE_ADDR"] = caller(request, settings.PROXIES)
        return self.get_response(request)


def caller(request: HttpRequest, proxies: int) -> str:
    """The address the outermost of our `proxies` heard from; the nearest known where the chain is shorter."""
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return chain[-proxies] if len(chain) >= proxies else str(request.META.get("REMOTE_ADDR", ""))
