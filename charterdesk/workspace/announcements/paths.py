"""Who comes in to the rooms of announcements."""

from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern

from charterdesk.base.refused import require
from charterdesk.notices.policies import may_announce
from charterdesk.workspace.staff import StaffRequest, View, staff_path


def announcing_path(route: str, view: View, name: str) -> URLPattern:
    """An address of those who announce."""

    @wraps(view)
    def asked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may_announce(request.viewer))
        return view(request, *args, **kwargs)

    return staff_path(route, asked, name)
