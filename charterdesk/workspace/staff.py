"""What the pages of the workspace share: only staff come in, a refusal is a 409, an action answers in place."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.http import url_has_allowed_host_and_scheme

from charterdesk.base.refused import Refused, require
from charterdesk.events.queries import position
from charterdesk.people.viewer import Viewer


class StaffRequest(HttpRequest):
    """A request of somebody of the desk."""

    viewer: Viewer
    live_position: str


View = Callable[..., HttpResponseBase]


def staff_path(route: str, view: View, name: str) -> URLPattern:
    """An address of the workspace: a 403 for whoever is not staff, a 409 for what actions refuse."""
    return path(route, _staff_view(view), name=name)


def ticket_paths(**views: View) -> list[URLPattern]:
    """An address for each thing there is to do with a ticket: `status=set_status` is at tickets/<number>/status."""
    return [staff_path(f"tickets/<int:number>/{name}", view, name=name) for name, view in views.items()]


def _staff_view(view: View) -> View:
    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request.viewer.is_staff)
        # Where the log stood before the page was read: the page's stream goes on from there.
        request.live_position = "" if is_fragment(request) or request.method != "GET" else position()
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return _refusal(request, refused)

    return guarded


def _refusal(request: StaffRequest, refused: Refused) -> HttpResponse:
    """Say no where the reader looks: a toast for a fragment, a page of its own for a form without script."""
    if not is_fragment(request):
        back = request.META.get("HTTP_REFERER", "")
        is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        context = {"refused": refused, "back": back if is_ours else "/desk/"}
        return render(request, "workspace/refused.html", context, status=409)
    response = HttpResponse(toast(request, refused.message, state="late"), status=409)
    response["HX-Reswap"] = "none"
    return response


def is_fragment(request: HttpRequest) -> bool:
    """Whether a part of a page was asked for rather than the page."""
    return "HX-Request" in request.headers


def wants(request: HttpRequest, target: str) -> bool:
    """Whether the answer goes into the element with id `target`."""
    return request.headers.get("HX-Target", "").endswith(f"#{target}")


def toast(
    request: HttpRequest,
    text: str,
    *,
    undo: str = "",
    seconds: int = 6,
    state: str = "",
    target: str = "#ticket",
    swap: str = "",
) -> str:
    """HTML that adds a toast to whatever else an answer swaps in; undoing answers into `target`, in its place or as
    `swap` (htmx's `hx-swap`) says."""
    context = {"text": text, "undo": undo, "seconds": seconds, "state": state, "target": target, "swap": swap}
    inner = render_to_string("ui/toast.html", context, request)
    return f'<hx-partial hx-target="#toasts" hx-swap="beforeend">{inner}</hx-partial>'


def answer(
    request: StaffRequest, fragment: Callable[[], str], *, to: str, text: str = "", undo: str = "", seconds: int = 6
) -> HttpResponse:
    """What an action answers: the changed `fragment` with a toast, or without script a redirect to page `to`."""
    if not is_fragment(request):
        if text:
            messages.success(request, text)
        return redirect(to)
    said = toast(request, text, undo=undo, seconds=seconds) if text else ""
    return HttpResponse(fragment() + said)


def say(request: HttpRequest, text: str) -> None:
    """Have the next page say `text`."""
    messages.success(request, text)
