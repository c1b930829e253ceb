"""What the forms of the settings share."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from charterdesk.base.refused import Refused
from charterdesk.workspace.staff import StaffRequest


def carried_out(form: forms.BaseForm, action: Callable[[], Any], *, fields: Mapping[str, str | None]) -> bool:
    """Carry out `action` in one transaction; what it refuses is said at the field `fields` names for its code."""
    try:
        with transaction.atomic():
            action()
    except Refused as refused:
        form.add_error(fields.get(refused.code), refused.message)
        return False
    return True


def form_page(request: StaffRequest, template: str, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """The page of a settings form: a 422 when what was sent can't be kept."""
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, "place": "admin", **context}, status=status)


def code_of(name: str) -> str:
    """A code made of `name`: small letters, digits and _, a letter first; "" where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).lstrip("_0123456789")[:40].rstrip("_")
