"""A visitor's random number, for a week: who comes back with the same question was not helped. Tied to nothing else."""

import re

from django.http import HttpRequest, HttpResponse

from charterdesk.knowledge.actions.counting import CAME_BACK

_COOKIE, _FIELD = "asked", "visitor"
_NUMBER = re.compile(r"[\w-]{12,32}", re.ASCII)


def visitor_of(request: HttpRequest) -> str:
    """Their number: as a frame on another site sends it, which has a cookie apart, else our cookie's; "" for none."""
    sent = request.POST.get(_FIELD, "") or request.GET.get(_FIELD, "")
    return sent if _NUMBER.fullmatch(sent) else _kept(request)


def know_again(request: HttpRequest, response: HttpResponse, visitor: str) -> None:
    """Have the browser keep the number `visitor` for the week; one that it has already stays as long."""
    kept = _kept(request) or visitor
    response.set_cookie(_COOKIE, kept, max_age=CAME_BACK, httponly=True, samesite="Lax", secure=request.is_secure())


def _kept(request: HttpRequest) -> str:
    return request.COOKIES.get(_COOKIE, "")[:32]
