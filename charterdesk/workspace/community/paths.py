"""Who comes in to the rooms of the community."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from charterdesk.base.refused import require
from charterdesk.community.models import Post, Topic
from charterdesk.community.policies import may_moderate, may_run
from charterdesk.people.viewer import Viewer
from charterdesk.workspace.staff import StaffRequest, View, staff_path


def community_path(route: str, view: View, name: str, may: Callable[[Viewer], bool] = may_moderate) -> URLPattern:
    """An address below community/, for whom `may` lets in."""

    @wraps(view)
    def asked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may(request.viewer))
        return view(request, *args, **kwargs)

    return staff_path(f"community/{route}", asked, name)


def rooms(request: StaffRequest, here: str) -> dict[str, Any]:
    """What the head of each room needs."""
    return {"here": here, "place": "knowledge", "may_run": may_run(request.viewer)}


def back_from(request: StaffRequest, usual: str) -> HttpResponse:
    """To the page where the button stood (`back`), else to the one named `usual`."""
    to = request.POST.get("back", "")
    is_ours = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(to if is_ours else reverse(usual))


def topic_of(pk: int) -> Topic:
    """A topic, whatever its state. Raises `Http404`. One statement."""
    return get_object_or_404(Topic.objects.select_related("forum", "author", "merged_into"), pk=pk)


def post_of(pk: int) -> Post:
    """A post, whatever its state. Raises `Http404`. One statement."""
    return get_object_or_404(Post.objects.select_related("topic__forum", "author"), pk=pk)
