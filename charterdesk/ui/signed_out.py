"""Whoever is not signed in any more is asked to, and what they wrote stays before their eyes."""

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

TOKEN = "csrfmiddlewaretoken"
SECRET = "password"
"""What a field is called whose content no page of ours ever shows again."""


class DoorMiddleware(LoginRequiredMiddleware):
    """Asks for signing in wherever a view does not say that it needs none."""

    def handle_no_permission(self, request: HttpRequest, _view: Any) -> HttpResponse:  # type: ignore[override]  # not a redirect alone
        """Show the way in."""
        return sign_in_first(request)


def sign_in_first(request: HttpRequest, onward: str = "") -> HttpResponse:
    """The way in, for who is not signed in, and from there `onward`, or to what they asked for. No query.

    A form that was sent comes back with what was in it, to be sent once they are signed in. A part of a page is
    answered with a bare 401: the page it was to stand in says what to do, and stays as it is.
    """
    if _is_part(request):
        return HttpResponse(status=401)
    if request.method == "POST":
        return _kept(request, status=401, onward=onward)
    return redirect_to_login(onward or request.get_full_path())


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is not (any more) the browser's: signing in gives a new one to all its pages.

    Sent by a page of ours, which browsers vouch for, it may be sent again; from elsewhere it is turned away.
    """
    if request.method == "POST" and not _is_part(request) and _is_ours(request):
        return _kept(request, status=403)
    return render(request, "403_csrf.html", status=403)


def _is_part(request: HttpRequest) -> bool:
    """Whether a script asked, which can't show a whole page."""
    return "HX-Request" in request.headers or request.headers.get("Sec-Fetch-Dest") == "empty"


def _is_ours(request: HttpRequest) -> bool:
    here = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") in (here, settings.PUBLIC_URL)


@sensitive_post_parameters()
def _kept(request: HttpRequest, *, status: int, onward: str = "") -> HttpResponse:
    """What was sent, as a form that can be sent again; files have to be chosen anew, passwords to be typed."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != TOKEN and SECRET not in name.lower()
        for value in values
    ]
    files = [(name, [file.name for file in request.FILES.getlist(name)]) for name in request.FILES]
    context = {"fields": fields, "files": files, "is_signed_out": status == 401, "onward": onward or _page(request)}
    response = render(request, "ui/kept.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest) -> str:
    """Where signing in may lead: what was asked for may only be sent to."""
    return "/desk/" if request.path.startswith("/desk/") else "/"
