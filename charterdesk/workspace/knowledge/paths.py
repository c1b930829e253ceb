"""Who comes in to the rooms of the help centre."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern

from charterdesk.base.refused import require
from charterdesk.knowledge.models import ArticleText
from charterdesk.people.viewer import Viewer
from charterdesk.workspace.staff import StaffRequest, View, staff_path


def knowledge_path(route: str, view: View, name: str, may: Callable[[Viewer], bool]) -> URLPattern:
    """An address below knowledge/, for whom `may` lets in."""

    @wraps(view)
    def asked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may(request.viewer))
        return view(request, *args, **kwargs)

    return staff_path(f"knowledge/{route}", asked, name)


def seen_text(request: StaffRequest, pk: int) -> ArticleText:
    """A text the viewer may see, drafts for who writes. One statement. Raises `Http404`."""
    found = ArticleText.objects.visible_to(request.viewer).select_related("article__category", "article__owner")
    return get_object_or_404(found, pk=pk)
