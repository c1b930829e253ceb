"""What the pages of money share: who may come in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.urls import URLPattern

from charterdesk.base.money import Money
from charterdesk.base.refused import require
from charterdesk.people.viewer import Viewer
from charterdesk.workspace.staff import StaffRequest, View, staff_path


def money_path(route: str, view: View, name: str, may: Callable[[Viewer], bool]) -> URLPattern:
    """An address under money/ for those whom `may` lets in."""

    @wraps(view)
    def asked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may(request.viewer))
        return view(request, *args, **kwargs)

    return staff_path(f"money/{route}", asked, name)


def money_in(form: forms.Form, name: str, currency: str) -> Money:
    """What a form says, as money in `currency`."""
    return Money(form.cleaned_data[name], currency)
